import { aboutOf, linkOf } from '../about.js';
import { get, post } from '../api.js';
import { h, fill, refill, View } from '../dom.js';
import { dateTime, number, said, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { keep } from '../keyed.js';
import { here, put, route } from '../router.js';
import { store } from '../store.js';
import { words } from '../words.js';

const PAGE = 100;

/** What one was told, the newest first. */
class InboxPage extends View {
  #items = new Map();
  #next = null;
  #failure = null;
  #loading = true;

  draw() {
    this.chips = h('div', { class: 'chips', role: 'group', 'aria-label': t('nav.inbox') });
    this.list = h('ul', { class: 'inbox' });
    this.rest = h('div', { class: 'inbox-rest' });
    fill(this, h('header', { class: 'page-head' }, h('h1', null, t('nav.inbox')), h('p', { class: 'page-hint' }, t('inbox.hint')), this.chips), this.list, this.rest);
    this.#load(null);
  }

  start() {
    this.on(route, 'change', () => here().page === 'inbox' && this.#show());
    this.on(store, 'notices', () => this.#told());
    this.on(store, 'cameras', () => this.#show(), 500);
  }

  async #load(cursor) {
    this.#loading = true;
    this.#show();
    try {
      const page = await get(`/api/notifications?limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      page.items.forEach((notice) => this.#items.set(notice.id, notice));
      this.#next = page.next;
      this.#failure = null;
    } catch (problem) {
      this.#failure = words(problem);
    }
    this.#loading = false;
    this.isConnected && this.#show();
  }

  #told() {
    store.notices.forEach((notice) => this.#items.set(notice.id, notice));
    this.#show();
  }

  async #read(notices) {
    try {
      for (const { id } of notices) {
        const notice = await post(`/api/inbox/${encodeURIComponent(id)}/read`);
        this.#items.set(id, notice);
        store.notices = store.notices.map((each) => (each.id === id ? notice : each));
      }
      store.mark('notices');
      this.#failure = null;
    } catch (problem) {
      this.#failure = words(problem);
    }
    this.#show();
  }

  #show() {
    const onlyUnread = here().params.has('unread');
    const all = [...this.#items.values()].filter(({ status }) => status !== 'CANCELLED').sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    const fresh = all.filter(unread);
    const shown = onlyUnread ? fresh : all;
    const chip = (words, value, pressed) => h('button', { type: 'button', class: 'chip', 'aria-pressed': String(pressed), on: { click: () => put({ unread: value }) } }, words);
    refill(this.chips, chip(t('feed.all'), null, !onlyUnread), chip(t('inbox.unread', { count: number(fresh.length) }), '1', onlyUnread),
      fresh.length > 1 && h('button', { type: 'button', class: 'quiet', on: { click: () => this.#read(fresh) } }, icon('healthy'), t('inbox.readAll')));
    keep(this.list, shown, { key: ({ id }) => id, says: saysOf, make: (notice) => this.#item(notice), tick: () => {} });
    fill(this.rest,
      !shown.length && h('div', { class: `message ${this.#failure ? 'bad' : ''}` }, h('p', null, this.#failure ?? t(this.#loading ? 'chart.loading' : 'inbox.empty')),
        this.#failure && h('button', { type: 'button', on: { click: () => this.#load(null) } }, t('list.retry'))),
      shown.length > 0 && this.#failure && h('p', { class: 'message bad', role: 'alert' }, this.#failure),
      shown.length > 0 && this.#next && h('button', { type: 'button', class: 'more-button', disabled: this.#loading, on: { click: () => this.#load(this.#next) } }, t('notice.more')));
  }

  #item(notice) {
    const over = notice.event === 'RECOVERED';
    const link = linkOf(notice);
    const fresh = unread(notice);
    const title = aboutOf(notice);
    return h('li', { class: `letter ${fresh ? 'unread' : ''}`, data: { verdict: over ? 'HEALTHY' : 'LINE_FAULT', id: notice.id } },
      h('span', { class: 'what' }, icon(over ? 'healthy' : 'warn'), said('feed.event', notice.event), fresh && h('b', { class: 'state state-CREATED' }, t('inbox.new'))),
      h('time', { datetime: notice.createdAt }, dateTime(Date.parse(notice.createdAt))),
      h('b', { class: 'who' }, link ? h('a', { href: link, on: { click: () => fresh && this.#read([notice]) } }, title) : title),
      h('p', { class: 'letter-text' }, notice.text),
      h('span', { class: 'letter-foot' },
        h('small', { class: 'hint' }, said('channel', notice.channel), ' · ', notice.status === 'CREATED' && notice.heldUntil ? t('notice.held', { time: dateTime(Date.parse(notice.heldUntil)) }) : t(`notice.${notice.status}`)),
        fresh && h('button', { type: 'button', class: 'quiet', on: { click: () => this.#read([notice]) } }, icon('healthy'), t('inbox.read'))));
  }
}

/** All that is shown of one. */
const saysOf = (notice) => JSON.stringify([notice.status, notice.event, notice.readAt, notice.text, notice.heldUntil, aboutOf(notice)]);

/** In an inbox, and not looked at yet. */
const unread = ({ channel, status, readAt }) => channel === 'inbox' && status === 'SENT' && !readAt;

customElements.define('inbox-page', InboxPage);

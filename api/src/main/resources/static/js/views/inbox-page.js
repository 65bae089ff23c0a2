import { aboutOf, linkOf } from '../about.js';
import { get, post } from '../api.js';
import { h, fill, refill, View } from '../dom.js';
import { dateTime, number, said, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { keep } from '../keyed.js';
import { lettersOf } from '../letters.js';
import { learn } from '../outage-names.js';
import { here, put, route } from '../router.js';
import { store } from '../store.js';
import { words } from '../words.js';

const PAGE = 100;

/** What one was told, the newest first; once, however many channels it took. */
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
    this.on(store, 'names', () => this.#show());
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
    const all = lettersOf([...this.#items.values()].filter(({ status }) => status !== 'CANCELLED'));
    const fresh = all.filter(({ unread }) => unread.length);
    const shown = onlyUnread ? fresh : all;
    learn(shown.flatMap(({ first }) => (first.outageId && !first.cameraId ? [first.outageId] : [])));
    const chip = (words, value, pressed) => h('button', { type: 'button', class: 'chip', 'aria-pressed': String(pressed), on: { click: () => put({ unread: value }) } }, words);
    refill(this.chips, chip(t('feed.all'), null, !onlyUnread), chip(t('inbox.unread', { count: number(fresh.length) }), '1', onlyUnread),
      fresh.length > 1 && h('button', { type: 'button', class: 'quiet', on: { click: () => this.#read(fresh.flatMap(({ unread }) => unread)) } }, icon('healthy'), t('inbox.readAll')));
    keep(this.list, shown, { key: ({ key }) => key, says: saysOf, make: (letter) => this.#item(letter), tick: () => {} });
    fill(this.rest,
      !shown.length && h('div', { class: `message ${this.#failure ? 'bad' : ''}` }, h('p', null, this.#failure ?? t(this.#loading ? 'chart.loading' : 'inbox.empty')),
        this.#failure && h('button', { type: 'button', on: { click: () => this.#load(null) } }, t('list.retry'))),
      shown.length > 0 && this.#failure && h('p', { class: 'message bad', role: 'alert' }, this.#failure),
      shown.length > 0 && this.#next && h('button', { type: 'button', class: 'more-button', disabled: this.#loading, on: { click: () => this.#load(this.#next) } }, t('notice.more')));
  }

  #item({ first, notices, unread }) {
    const over = first.event === 'RECOVERED';
    const link = linkOf(first);
    const fresh = unread.length > 0;
    const title = aboutOf(first);
    return h('li', { class: `letter ${fresh ? 'unread' : ''}`, data: { verdict: over ? 'HEALTHY' : 'LINE_FAULT', id: first.id } },
      h('span', { class: 'what' }, icon(over ? 'healthy' : 'warn'), said('feed.event', first.event), fresh && h('b', { class: 'state state-CREATED' }, t('inbox.new'))),
      h('time', { datetime: first.createdAt }, dateTime(Date.parse(first.createdAt))),
      h('b', { class: 'who' }, link ? h('a', { href: link, on: { click: () => fresh && this.#read(unread) } }, title) : title),
      h('p', { class: 'letter-text' }, first.text),
      h('span', { class: 'letter-foot' },
        h('span', { class: 'tags' }, notices.map((notice) => h('small', { class: 'tag' }, said('channel', notice.channel), ' · ', stateOf(notice)))),
        fresh && h('button', { type: 'button', class: 'quiet', on: { click: () => this.#read(unread) } }, icon('healthy'), t('inbox.read'))));
  }
}

const stateOf = ({ status, heldUntil }) => (status === 'CREATED' && heldUntil ? t('notice.held', { time: dateTime(Date.parse(heldUntil)) }) : t(`notice.${status}`));

/** All that is shown of one. */
const saysOf = ({ first, notices }) => JSON.stringify([first.event, first.text, aboutOf(first), notices.map(({ id, status, readAt, heldUntil }) => [id, status, readAt, heldUntil])]);

customElements.define('inbox-page', InboxPage);

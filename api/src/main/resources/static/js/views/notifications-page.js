import { aboutOf, linkOf } from '../about.js';
import { get, post } from '../api.js';
import { h, fill, refill, View } from '../dom.js';
import { dateTime, moment, number, said, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { keep } from '../keyed.js';
import { undelivered } from '../plain.js';
import { here, put, route } from '../router.js';
import { store } from '../store.js';
import { words } from '../words.js';

const STATES = ['FAILED', 'CREATED', 'SENT', 'CANCELLED'];
/** What a part of them has in common, by its name in the address, and its field. */
const OF = { issue: 'issueId', outage: 'outageId', recipient: 'recipientId' };
const PAGE = 100;
/** So many more than were asked for, and a page that is left open begins anew. */
const MOST_HEARD = 500;
const CALM_MILLIS = 400;
const AGAIN_MILLIS = 10_000;

/** What was told, to whom, and whether it arrived. */
class NotificationsPage extends View {
  #items = new Map();
  #next = null;
  #asked = null;
  #failure = null;
  /** Where the page that could not be had begins. */
  #failedAt = null;
  #loading = true;
  #notes = new Map();
  /** How many were asked for. */
  #read = 0;

  draw() {
    this.chips = h('div', { class: 'chips', role: 'group', 'aria-label': t('notice.state') });
    this.place = h('div', { class: 'table-place' });
    fill(this, h('header', { class: 'page-head' }, h('h1', null, t('nav.notifications')), h('p', { class: 'page-hint' }, t('notice.hint')), this.chips), this.place);
    this.#asked = null;
    this.#follow();
  }

  start() {
    this.on(route, 'change', () => this.#follow());
    this.on(store, 'notices', () => this.#told(), CALM_MILLIS);
    this.on(store, 'connection', () => this.#failure && !this.#loading && store.connection.state === 'live' && this.#load(this.#failedAt), AGAIN_MILLIS);
    this.on(store, 'names', () => { this.#chip(); this.#show(); });
    this.on(store, 'cameras', () => this.named !== store.loads && this.#show(), CALM_MILLIS);
  }

  #follow() {
    if (here().page !== 'notifications') {
      return;
    }
    const asked = this.#query.toString();
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.#items.clear();
      this.#chip();
      this.#load(null);
    }
  }

  get #status() {
    return here().params.get('status') ?? '';
  }

  /** What the address asks for. */
  get #query() {
    return new URLSearchParams([...here().params].filter(([name, value]) => value && (name === 'status' || name in OF)));
  }

  #chip() {
    const part = Object.keys(OF).find((name) => here().params.get(name));
    refill(this.chips,
      part && h('button', { type: 'button', class: 'chip', 'aria-pressed': 'true', title: t('notice.ofAll'), on: { click: () => put({ [part]: null }) } },
        icon('close'), t(`notice.of${part[0].toUpperCase()}${part.slice(1)}`, { recipient: store.recipientOf(here().params.get(part)) })),
      ['', ...STATES].map((name) => h('button', {
        type: 'button', class: 'chip', 'aria-pressed': String(name === this.#status), on: { click: () => put({ status: name }) },
      }, name ? t(`notice.${name}`) : t('feed.all'))));
  }

  async #load(cursor) {
    const asked = this.#asked;
    this.#loading = true;
    this.#show();
    try {
      const query = this.#query;
      query.set('limit', PAGE);
      cursor && query.set('cursor', cursor);
      const page = await get(`/api/notifications?${query}`);
      if (asked !== this.#asked) {
        return;
      }
      cursor || this.#items.clear();
      page.items.forEach((notice) => this.#items.set(notice.id, notice));
      this.#read = this.#items.size;
      this.#merge();
      this.#next = page.next;
      this.#failure = null;
    } catch (problem) {
      this.#failure = words(problem);
      this.#failedAt = cursor;
    }
    this.#loading = false;
    this.isConnected && this.#show();
  }

  #told() {
    this.#merge();
    this.#items.size > this.#read + MOST_HEARD && !this.#loading ? this.#load(null) : this.#show();
  }

  /** What was heard meanwhile. */
  #merge() {
    for (const notice of store.notices.toReversed()) {
      if (!this.#concerns(notice)) {
        continue;
      }
      if (!this.#status || notice.status === this.#status) {
        this.#items.set(notice.id, { ...this.#items.get(notice.id), ...notice });
      } else {
        this.#items.delete(notice.id);
      }
    }
  }

  #concerns(notice) {
    return Object.entries(OF).every(([name, field]) => !here().params.get(name) || notice[field] === here().params.get(name));
  }

  async #resend(notice, button) {
    button.disabled = true;
    try {
      const again = await post(`/api/notifications/${encodeURIComponent(notice.id)}/resend`);
      this.#items.set(notice.id, again);
      this.#notes.set(notice.id, t('notice.resent'));
    } catch (problem) {
      this.#notes.set(notice.id, words(problem));
    }
    this.#show();
  }

  #show() {
    const items = [...this.#items.values()].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    if (!items.length) {
      this.rows = null;
      fill(this.place, h('div', { class: `message ${this.#failure ? 'bad' : ''}` }, h('p', null, this.#failure ?? t(this.#loading ? 'chart.loading' : 'notice.empty')),
        this.#failure && h('button', { type: 'button', on: { click: () => this.#load(null) } }, t('list.retry'))));
      return;
    }
    this.named = store.loads;
    this.rows ?? this.#table();
    // in a storm, too, a row that says the same stays: who is about to press its button does not lose it
    keep(this.rows, items, { key: ({ id }) => id, says: (notice) => this.#saysOf(notice), make: (notice) => this.#row(notice), tick: () => {} });
    this.more.hidden = !this.#next;
    this.more.disabled = this.#loading;
    this.failed.hidden = !this.#failure;
    this.failed.textContent = this.#failure ?? '';
  }

  #table() {
    fill(this.place,
      h('table', { class: 'table notices' },
        h('thead', null, h('tr', null, ['state', 'event', 'camera', 'recipient', 'created', 'sent', 'attempts', 'error'].map((name) => h('th', { scope: 'col' }, t(`notice.${name}`))))),
        this.rows = h('tbody')),
      this.more = h('button', { type: 'button', class: 'more-button', on: { click: () => this.#load(this.#next) } }, t('notice.more')),
      this.failed = h('p', { class: 'message bad' }));
  }

  /** All that a row shows. */
  #saysOf({ id, status, event, recipientId, createdAt, sentAt, heldUntil, attempts, lastError, ...about }) {
    return JSON.stringify([status, event, store.recipientOf(recipientId), createdAt, sentAt, heldUntil, attempts, lastError, aboutOf(about), this.#notes.get(id)]);
  }

  #row(notice) {
    const cell = (name, ...content) => h('td', { data: { label: t(`notice.${name}`) }, class: `n-${name}` }, content);
    return h('tr', { class: `notice-${notice.status}` },
      h('th', { scope: 'row' }, h('b', { class: `state state-${notice.status}` }, icon(notice.status === 'FAILED' ? 'warn' : notice.status === 'SENT' ? 'healthy' : 'notice'), t(`notice.${notice.status}`))),
      cell('event', said('feed.event', notice.event)),
      cell('camera', linkOf(notice) ? h('a', { href: linkOf(notice) }, aboutOf(notice)) : aboutOf(notice)),
      cell('recipient', store.recipientOf(notice.recipientId), h('small', { class: 'hint' }, ` ${said('channel', notice.channel)}`)),
      cell('created', dateTime(Date.parse(notice.createdAt))),
      cell('sent', notice.sentAt ? moment(Date.parse(notice.sentAt)) : notice.status === 'CREATED' && notice.heldUntil ? t('notice.held', { time: dateTime(Date.parse(notice.heldUntil)) }) : '–'),
      cell('attempts', number(notice.attempts)),
      cell('error', notice.status === 'SENT' ? '' : undelivered(notice),
        notice.status === 'FAILED' && store.works && h('button', { type: 'button', class: 'quiet', on: { click: (event) => this.#resend(notice, event.currentTarget) } }, icon('again'), t('notice.resend')),
        this.#notes.has(notice.id) && h('small', { class: 'hint', role: 'status' }, this.#notes.get(notice.id))));
  }
}

customElements.define('notifications-page', NotificationsPage);

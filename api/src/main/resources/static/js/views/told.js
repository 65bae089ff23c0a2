import { get } from '../api.js';
import { h, fill, View } from '../dom.js';
import { dateTime, number, said, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { undelivered } from '../plain.js';
import { store } from '../store.js';
import { words } from '../words.js';

const MOST = 50;
const CALM_MILLIS = 1000;
const PICTURES = { SENT: 'healthy', FAILED: 'warn', CREATED: 'notice', CANCELLED: 'minus' };

/** Who was told of an issue or an outage, when, on which channel, and whether it arrived. */
class ToldList extends View {
  issue = null;
  outage = null;
  #notices = null;
  #failure = null;

  draw() {
    this.place = h('div');
    fill(this, h('section', { class: 'told' }, h('h3', null, t('told.title')), this.place));
    this.#show();
    this.#load();
  }

  start() {
    this.on(store, 'notices', () => this.#concerned() && this.#load(), CALM_MILLIS);
    this.on(store, 'names', () => this.#show());
  }

  #concerned() {
    return store.notices.some(({ issueId, outageId }) => (issueId && issueId === this.issue) || (outageId && outageId === this.outage));
  }

  async #load() {
    const of = [this.issue && `issue=${encodeURIComponent(this.issue)}`, this.outage && `outage=${encodeURIComponent(this.outage)}`].filter(Boolean);
    try {
      const pages = await Promise.all(of.map((asked) => get(`/api/notifications?${asked}&limit=${MOST}`)));
      const all = new Map(pages.flatMap(({ items }) => items).map((notice) => [notice.id, notice]));
      this.#notices = [...all.values()].sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
      this.#failure = null;
    } catch (problem) {
      this.#failure = words(problem);
    }
    this.isConnected && this.#show();
  }

  #show() {
    if (this.#failure || !this.#notices?.length) {
      fill(this.place, h('p', { class: `hint ${this.#failure ? 'bad' : ''}` }, this.#failure ?? t(this.#notices ? 'told.nobody' : 'chart.loading')));
      return;
    }
    const more = `/notifications?${this.issue && this.#notices.some(({ issueId }) => issueId) ? `issue=${encodeURIComponent(this.issue)}` : `outage=${encodeURIComponent(this.outage)}`}`;
    fill(this.place, h('ul', null, this.#notices.map((notice) => this.#line(notice))),
      store.role !== 'RECIPIENT' && h('a', { class: 'told-all', href: more }, t('told.all')));
  }

  #line({ status, event, recipientId, channel, sentAt, createdAt, readAt, heldUntil, lastError, attempts, outageId }) {
    const when = sentAt ?? createdAt;
    return h('li', { class: `told-${status}` },
      h('b', { class: 'who' }, store.role === 'RECIPIENT' ? t('told.you') : store.recipientOf(recipientId)),
      h('time', { datetime: when }, dateTime(Date.parse(when))),
      h('span', { class: 'why' }, [said('feed.event', event), said('channel', channel), outageId && !this.#own ? t('told.asOutage') : null].filter(Boolean).join(' · ')),
      h('b', { class: `state state-${status}` }, icon(PICTURES[status]), readAt ? t('told.read') : t(`notice.${status}`)),
      status === 'CREATED' && heldUntil && h('small', { class: 'hint' }, t('notice.held', { time: dateTime(Date.parse(heldUntil)) })),
      status === 'CANCELLED' && lastError && h('small', { class: 'hint' }, undelivered({ status, lastError })),
      status === 'FAILED' && h('small', { class: 'bad' }, [undelivered({ status, lastError }), t('told.tries', { count: number(attempts) })].filter(Boolean).join(' · ')));
  }

  /** Whether the reader looks at the outage itself. */
  get #own() {
    return this.issue === null;
  }
}

const timeOf = ({ sentAt, createdAt }) => sentAt ?? createdAt;

customElements.define('told-list', ToldList);

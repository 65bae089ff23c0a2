import { aboutOf } from '../about.js';
import { h, fill, View } from '../dom.js';
import { clock, said, span, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { go } from '../router.js';
import { nameOf, store } from '../store.js';
import { iconOf } from '../verdicts.js';

const GROUPS = ['all', 'faults', 'recoveries', 'notices'];
const SHOWN = 120;
const CALM_MILLIS = 250;
const SAY_MILLIS = 6000;

/** What just changed, the newest on top. */
class LiveFeed extends View {
  /** Entries shown at most. */
  most = SHOWN;
  #group = 'all';
  #items = new Map();
  #said = Date.now();

  draw() {
    this.#items.clear();
    this.list = h('ol', { class: 'feed', tabindex: '0', 'aria-label': t('feed.title') });
    this.empty = h('p', { class: 'message' }, t('feed.empty'));
    this.say ??= h('p', { class: 'unseen', 'aria-live': 'polite' });
    fill(this,
      h('div', { class: 'panel-head' },
        h('h2', null, t('feed.title')),
        this.chips = h('div', { class: 'chips', role: 'group', 'aria-label': t('feed.title') })),
      this.list, this.empty, this.say,
    );
    this.#chip();
    this.#update();
  }

  start() {
    this.on(store, 'feed', () => this.#update(), CALM_MILLIS);
    this.every(SAY_MILLIS, () => this.#speak());
  }

  #chip() {
    fill(this.chips, GROUPS.map((group) =>
      h('button', {
        type: 'button', class: 'chip', 'aria-pressed': String(group === this.#group),
        on: { click: () => { this.#group = group; this.#chip(); this.#update(); } },
      }, t(`feed.${group}`))));
  }

  #update() {
    const entries = store.feed.filter((entry) => this.#group === 'all' || entry.group === this.#group).slice(0, this.most);
    const kept = new Set(entries.map((entry) => entry.key));
    for (const [key, element] of this.#items) {
      if (!kept.has(key)) {
        element.remove();
        this.#items.delete(key);
      }
    }
    let before = null;
    for (const entry of entries) {
      let element = this.#items.get(entry.key);
      if (!element) {
        element = item(entry);
        this.#items.set(entry.key, element);
      }
      const place = before ? before.nextSibling : this.list.firstChild;
      if (element !== place) {
        this.list.insertBefore(element, place);
      }
      before = element;
    }
    this.empty.hidden = entries.length > 0;
    this.list.hidden = entries.length === 0;
  }

  /** A screen reader hears a sum now and then, not a thousand lines. */
  #speak() {
    const fresh = store.feed.filter((entry) => entry.fresh && entry.at > this.#said);
    const faults = fresh.filter((entry) => entry.group === 'faults').length;
    const recovered = fresh.filter((entry) => entry.group === 'recoveries').length;
    this.#said = Date.now();
    if (faults || recovered) {
      this.say.textContent = t('feed.say', { faults, recovered });
    }
  }
}

function item(entry) {
  const body = entry.kind === 'notice' ? notice(entry) : transition(entry);
  return h('li', { class: `entry ${entry.fresh ? 'new' : ''}` },
    h('button', {
      type: 'button', data: { verdict: entry.to ?? `NOTICE_${entry.status}` }, disabled: !entry.link,
      on: { click: () => go(entry.link) },
    }, h('time', { datetime: new Date(entry.at).toISOString() }, clock(entry.at)), body));
}

function transition(entry) {
  const recovered = entry.to === 'HEALTHY' && entry.from !== 'UNKNOWN';
  return [
    h('span', { class: 'what' }, icon(iconOf(entry.to)), recovered ? t('feed.recovered') : t(`verdict.${entry.to}`)),
    h('span', { class: 'who' }, nameOf(entry.cameraId)),
    h('span', { class: 'why' },
      recovered
        ? [t(`verdict.${entry.from}`), entry.lasted ? ` · ${t('feed.after', { span: span(entry.lasted) })}` : '']
        : said('reason', entry.reason)),
  ];
}

function notice(entry) {
  return [
    h('span', { class: 'what' }, icon('notice'), t(`feed.notice.${entry.status}`)),
    h('span', { class: 'who' }, aboutOf(entry)),
    h('span', { class: 'why' },
      [said('feed.event', entry.event), said('channel', entry.channel), t('feed.to', { recipient: store.recipientOf(entry.recipient) }), entry.status === 'FAILED' ? entry.error : null]
        .filter(Boolean).join(' · ')),
  ];
}

customElements.define('live-feed', LiveFeed);

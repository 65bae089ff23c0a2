import { aboutOf } from '../about.js';
import { h, fill, refill, View } from '../dom.js';
import { clock, number, said, span, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { undelivered } from '../plain.js';
import { go, here, put, route } from '../router.js';
import { nameOf, store } from '../store.js';
import { iconOf } from '../verdicts.js';

const GROUPS = ['all', 'faults', 'recoveries', 'notices'];
const SHOWN = 120;
const CALM_MILLIS = 250;
const SAY_MILLIS = 6000;
/** So many at once are seen to arrive; more are a storm, which is read and not watched. */
const ARRIVING = 4;

/** What just changed, the newest on top. */
class LiveFeed extends View {
  /** Entries shown at most. */
  most = SHOWN;
  #rows = new Map();
  #shown = 'all';
  #said = Date.now();

  draw() {
    this.#rows.clear();
    this.list = h('ol', { class: 'feed', tabindex: '0', 'aria-label': t('feed.title') });
    this.empty = h('p', { class: 'message' }, t('feed.empty'));
    this.say ??= h('p', { class: 'unseen', 'aria-live': 'polite' });
    fill(this,
      h('div', { class: 'panel-head' },
        h('h2', null, t('feed.title')),
        this.chips = h('div', { class: 'chips', role: 'group', 'aria-label': t('feed.title') })),
      this.list, this.empty, this.say,
    );
    this.#turn();
  }

  start() {
    this.on(store, 'feed', () => this.#update(), CALM_MILLIS);
    // who was told is known by name a moment later
    this.on(store, 'names', () => { this.#rows.forEach((row) => (row.entry = null)); this.#update(); });
    this.on(route, 'change', () => this.#shown !== this.#group && this.#turn());
    this.every(SAY_MILLIS, () => this.#speak());
  }

  /** As the address says, so that a wall may be given to recoveries alone. */
  get #group() {
    const group = here().params.get('feed');
    return GROUPS.includes(group) ? group : 'all';
  }

  #turn() {
    this.#shown = this.#group;
    refill(this.chips, GROUPS.map((group) => h('button', {
      type: 'button', class: 'chip', 'aria-pressed': String(group === this.#shown),
      on: { click: () => put({ feed: group === 'all' ? null : group }) },
    }, t(`feed.${group}`))));
    this.#update();
  }

  #update() {
    const entries = entriesOf(this.#shown, this.most);
    const arriving = entries.filter(({ key }) => !this.#rows.has(key)).length;
    arriving > ARRIVING ? this.#storm(entries) : this.#arrive(entries);
    this.empty.hidden = entries.length > 0;
    this.list.hidden = entries.length === 0;
  }

  /** One by one, each row stays its entry's. */
  #arrive(entries) {
    const kept = new Set(entries.map(({ key }) => key));
    for (const [key, row] of this.#rows) {
      if (!kept.has(key)) {
        row.element.remove();
        this.#rows.delete(key);
      }
    }
    let next = this.list.firstChild;
    for (const entry of entries) {
      const row = this.#rows.get(entry.key) ?? newRow(entry.fresh);
      this.#rows.set(entry.key, row);
      show(row, entry);
      if (row.element === next) {
        next = next.nextSibling;
      } else {
        this.list.insertBefore(row.element, next);
      }
    }
  }

  /** Hundreds a second: rows stay where they are, and say something else. */
  #storm(entries) {
    const rows = [...this.list.children].map(({ row }) => row);
    this.#rows.clear();
    entries.forEach((entry, i) => {
      const row = rows[i] ?? newRow(false);
      row.element.classList.remove('new');
      show(row, entry);
      this.#rows.set(entry.key, row);
      rows[i] ?? this.list.append(row.element);
    });
    rows.slice(entries.length).forEach(({ element }) => element.remove());
  }

  /** A screen reader hears a sum now and then, not a thousand lines. */
  #speak() {
    const fresh = store.feed.filter((entry) => entry.fresh && entry.toldAt > this.#said);
    const faults = fresh.filter((entry) => entry.group === 'faults').length;
    const recovered = fresh.filter((entry) => entry.group === 'recoveries').length;
    this.#said = Date.now();
    if (faults || recovered) {
      this.say.textContent = t('feed.say', { faults: number(faults), recovered: number(recovered) });
    }
  }
}

/** The newest of a group; as many as are shown, however many there are. */
function entriesOf(group, most) {
  const entries = [];
  for (const entry of store.feed) {
    if ((group === 'all' || entry.group === group) && entries.push(entry) === most) {
      break;
    }
  }
  return entries;
}

function newRow(fresh) {
  const row = {
    entry: null, time: h('time'), icon: null, named: h('span'), who: h('span', { class: 'who' }), why: h('span', { class: 'why' }),
  };
  row.what = h('span', { class: 'what' }, row.named);
  row.button = h('button', { type: 'button', on: { click: () => go(row.entry.link) } }, row.time, row.what, row.who, row.why);
  row.element = Object.assign(h('li', { class: `entry ${fresh ? 'new' : ''}` }, row.button), { row });
  return row;
}

/** An entry says the same for as long as it is shown. */
function show(row, entry) {
  if (row.entry === entry) {
    return;
  }
  const { picture, what, who, why } = entry.kind === 'notice' ? notice(entry) : transition(entry);
  if (row.entry?.picture !== picture) {
    row.icon?.remove();
    row.what.prepend((row.icon = icon(picture)));
  }
  row.entry = Object.assign(entry, { picture });
  row.button.dataset.verdict = entry.to ?? `NOTICE_${entry.status}`;
  row.button.disabled = !entry.link;
  row.time.dateTime = new Date(entry.at).toISOString();
  row.time.textContent = clock(entry.at);
  row.named.textContent = what;
  row.who.textContent = who;
  row.why.textContent = why;
}

function transition({ from, to, reason, cameraId, lasted }) {
  const recovered = to === 'HEALTHY' && from !== 'UNKNOWN';
  return {
    picture: iconOf(to),
    what: recovered ? t('feed.recovered') : t(`verdict.${to}`),
    who: nameOf(cameraId),
    why: recovered ? [t(`verdict.${from}`), lasted && t('feed.after', { span: span(lasted) })].filter(Boolean).join(' · ') : said('reason', reason),
  };
}

function notice({ status, event, channel, recipient, error, ...about }) {
  return {
    picture: 'notice',
    what: t(`feed.notice.${status}`),
    who: aboutOf(about),
    why: [said('feed.event', event), said('channel', channel), t('feed.to', { recipient: store.recipientOf(recipient) }), status === 'FAILED' ? undelivered({ status, lastError: error }) : null].filter(Boolean).join(' · '),
  };
}

customElements.define('live-feed', LiveFeed);

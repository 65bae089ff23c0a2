import { h, fill, fillAnew, View } from '../dom.js';
import { clock, moment, number, said, share, t, weekday, zone } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { lostSince, store } from '../store.js';
import { GOOD, stateOf } from './engine-panel.js';
import './feed.js';
import './issues.js';
import './tiles.js';

/** What the room reads from afar: how many are in trouble, what just changed, whether we see at all. */
class WallPage extends View {
  #lock = null;

  draw() {
    this.share = h('b', { class: 'wall-share' });
    // said to who listens by the feed: a sum now and then
    this.says = h('span', { class: 'wall-says' });
    this.time = h('time', { class: 'wall-time' });
    this.day = h('span', { class: 'wall-day' });
    fill(this,
      h('h1', { class: 'unseen' }, t('nav.wall')),
      h('section', { class: 'wall-top' },
        h('div', { class: 'wall-state' }, h('div', { class: 'wall-healthy' }, h('span', null, t('verdict.HEALTHY')), this.share), this.says,
          this.begin = h('a', { class: 'button', href: '/import', hidden: true }, icon('upload'), t('list.emptyHint'))),
        h('div', { class: 'wall-clock' }, this.day, this.time),
        h('button', { type: 'button', class: 'ghost square wall-full', data: { key: 'f' }, 'aria-keyshortcuts': 'f', title: t('wall.full'), 'aria-label': t('wall.full'), on: { click: () => this.#full() } }, icon('full'))),
      this.alarm = h('p', { class: 'wall-alarm', role: 'alert', hidden: true }),
      h('verdict-tiles', { class: 'huge' }),
      h('div', { class: 'wall-rest' },
        h('live-feed', { most: 24 }),
        h('issue-list'),
        h('engine-panel')));
    this.#update();
    this.#tick();
  }

  start() {
    this.on(store, 'cameras', () => this.#update(), 150);
    this.on(store, 'status', () => this.#warn());
    this.on(store, 'connection', () => this.#warn());
    this.#warn();
    this.every(1000, () => this.#tick());
    this.on(document, 'fullscreenchange', () => this.#awake());
    // a page that was hidden has lost its lock
    this.on(document, 'visibilitychange', () => document.hidden || this.#awake());
    this.onleave(() => {
      this.#lock?.release?.().catch(() => {});
      document.fullscreenElement && document.exitFullscreen();
    });
  }

  #update() {
    const all = store.total;
    const faults = store.faults();
    this.share.textContent = !all ? '–' : `${share(store.counts.HEALTHY, all)}%`;
    this.share.parentElement.hidden = !all;
    this.begin.hidden = Boolean(all) || store.loading || Boolean(store.failure) || store.role !== 'ADMIN';
    const unknown = store.counts.UNKNOWN;
    this.says.dataset.verdict = faults ? 'LINE_FAULT' : store.failure || unknown >= all ? 'UNKNOWN' : 'HEALTHY';
    this.says.textContent = store.failure ? t('list.failed', { why: store.failure })
      : store.loading && !all ? t('list.loading')
      : !all ? t('list.empty')
      : faults ? t('wall.faults', { count: number(faults), all: number(all) })
      : unknown === all ? t('wall.unchecked', { all: number(all) })
      : t(unknown ? 'wall.unknown' : 'wall.well', { count: number(unknown), all: number(all) });
  }

  /** What the wall does not see is said before all else: it may be old, or the monitor ill. In full screen nothing else says it. */
  #warn() {
    const since = lostSince();
    const state = store.status?.engine ? stateOf(store.status.engine) : 'RUNNING';
    const why = since ? [t('live.reconnecting'), t('live.lost', { time: moment(since) })]
      : GOOD.includes(state) ? null : [said('engine.state', state), said('engine.means', state)];
    this.alarm.hidden = !why;
    this.classList.toggle('stale', Boolean(since));
    fillAnew(this.alarm, why, () => why && [icon('warn'), h('b', null, why[0]), h('span', null, why[1])]);
  }

  #tick() {
    const now = Date.now();
    this.#warn();
    this.time.textContent = clock(now);
    this.day.textContent = `${weekday(now)} · ${zone()}`;
  }

  #full() {
    if (document.fullscreenElement) {
      document.exitFullscreen();
    } else {
      this.requestFullscreen?.().catch(() => {});
    }
  }

  /** A wall that is shown does not go dark. */
  async #awake() {
    this.#lock?.release?.().catch(() => {});
    this.#lock = null;
    if (!document.fullscreenElement) {
      return;
    }
    try {
      this.#lock = await navigator.wakeLock?.request('screen');
    } catch {
      // the screen's own settings hold then
    }
  }
}

customElements.define('wall-page', WallPage);

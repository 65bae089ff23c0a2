import { cameraPath, get } from '../api.js';
import { h, fill, refill, svg, View, write } from '../dom.js';
import { dateTime, number, said, t } from '../i18n/i18n.js';
import { here, put, route } from '../router.js';
import { ticks } from '../ticks.js';
import { cause } from '../words.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SPANS = { h1: HOUR, h6: 6 * HOUR, d1: 24 * HOUR, d7: 168 * HOUR };
const USUAL = 'h6';
const MOST = 1000;
const WIDE = 760;
const NARROW = 400;
const LEFT = 46;
const RIGHT = 10;
const TOP = 12;
const RTT = 150;
const LOSS = 44;
const GAP = 16;
const STREAM = 12;
const HEIGHT = TOP + RTT + GAP + LOSS + GAP + STREAM + 24;
const REFRESH_MILLIS = 15_000;

/** Of the drawing, in its own units: fewer on a phone, so that words stay readable. */
let width = WIDE;

/** Round trips, losses and stream checks over time. */
class CheckChart extends View {
  #camera = null;
  #span = null;
  #checks = null;
  /** The check that the reader points at, when it was. */
  #at = null;
  #failure = null;
  /** Whether there are older ones in the span. */
  #cut = false;

  set camera(id) {
    this.#camera = id;
    this.#checks = null;
    this.refresh();
  }

  draw() {
    this.spans = h('div', { class: 'chips', role: 'group', 'aria-label': t('chart.span') });
    this.canvas = h('div', { class: 'chart-canvas' });
    this.tip = h('p', { class: 'chart-tip hint', role: 'status' }, t('chart.hint'));
    this.cut = h('p', { class: 'hint', hidden: true });
    this.failed = h('p', { class: 'hint bad', role: 'status', hidden: true });
    fill(this, h('section', { class: 'panel chart-panel' },
      h('div', { class: 'panel-head' }, h('h2', null, t('chart.title')), this.spans), this.canvas, this.tip, this.cut, this.failed));
    this.#span = spanOf();
    this.#chips();
    this.#paint();
  }

  start() {
    this.on(route, 'change', () => here().page === 'cameras' && spanOf() !== this.#span && this.#turn());
    this.every(REFRESH_MILLIS, () => !document.hidden && this.refresh());
  }

  #turn() {
    this.#span = spanOf();
    this.#at = null;
    this.#checks = null;
    this.#chips();
    this.refresh();
  }

  async refresh() {
    const id = this.#camera;
    if (!id) {
      return;
    }
    const from = new Date(Date.now() - SPANS[this.#span ?? spanOf()]).toISOString();
    try {
      const { items, next } = await get(cameraPath(id, `/checks?from=${from}&limit=${MOST}`));
      if (id !== this.#camera) {
        return;
      }
      this.#checks = items.map(point).filter(Boolean).sort((a, b) => a.at - b.at);
      this.#cut = Boolean(next);
      this.#failure = null;
    } catch (problem) {
      this.#failure = cause(problem);
    }
    if (this.isConnected) {
      // what was read before stays while the server is away
      const kept = this.#failure && this.#checks?.length;
      this.failed.hidden = !kept;
      write(this.failed, kept ? t('detail.failed', { why: this.#failure }) : '');
      kept || this.#paint();
    }
  }

  #chips() {
    refill(this.spans, Object.keys(SPANS).map((name) => h('button', {
      type: 'button', class: 'chip', 'aria-pressed': String(name === this.#span),
      on: { click: () => put({ span: name === USUAL ? null : name }) },
    }, t(`chart.${name}`))));
  }

  #paint() {
    this.tip.hidden = Boolean(this.#failure) || !this.#checks?.length;
    this.cut.hidden = this.tip.hidden || !this.#cut;
    if (this.tip.hidden) {
      fill(this.canvas, h('p', { class: 'message' }, this.#failure ? t('detail.failed', { why: this.#failure }) : t(this.#checks ? 'chart.none' : 'chart.loading')));
      return;
    }
    write(this.cut, this.#cut ? t('chart.cut', { count: number(this.#checks.length), time: dateTime(this.#checks[0].at) }) : '');
    width = this.clientWidth < 600 ? NARROW : WIDE;
    const to = Date.now();
    // what was not recorded yet takes no room
    const from = Math.max(to - SPANS[this.#span], this.#checks[0].at - MINUTE);
    const x = (at) => LEFT + ((at - from) / (to - from)) * (width - LEFT - RIGHT);
    const most = nice(Math.max(1, ...this.#checks.map((check) => check.max ?? 0)));
    const y = (rtt) => TOP + RTT - (Math.min(rtt, most) / most) * RTT;
    const lossTop = TOP + RTT + GAP;
    const focused = this.canvas.contains(document.activeElement);
    const cursor = svg('line', { class: 'chart-cursor', y1: TOP, y2: HEIGHT - 18, visibility: 'hidden' });
    const drawing = svg('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, class: 'chart', role: 'img', tabindex: '0', 'aria-label': this.#inWords() },
      grid(most, y, lossTop),
      times(from, to, x, lossTop),
      parts(this.#checks, (to - from) / 40).map((part) => [
        svg('path', { class: 'chart-band', d: band(part, x, y) }),
        svg('path', { class: 'chart-line', d: line(part, x, y) }),
      ]),
      this.#checks.map((check) => this.#marks(check, x, y, lossTop)), cursor);
    const show = (check) => {
      this.#at = check?.at ?? null;
      this.tip.textContent = check ? words(check) : t('chart.hint');
      cursor.setAttribute('visibility', check ? 'visible' : 'hidden');
      check && ['x1', 'x2'].forEach((name) => cursor.setAttribute(name, x(check.at)));
    };
    drawing.addEventListener('pointermove', (event) => show(this.#near(event, from, to)));
    drawing.addEventListener('pointerleave', () => show(null));
    drawing.addEventListener('keydown', (event) => this.#walk(event, show));
    fill(this.canvas, drawing);
    focused && drawing.focus();
    this.#at === null || show(this.#checks.find(({ at }) => at === this.#at) ?? null);
  }

  #marks(check, x, y, lossTop) {
    const at = x(check.at);
    const wide = Math.max(1.5, Math.min(6, (width - LEFT) / (this.#checks.length * 1.6)));
    return [
      check.avg !== null && this.#checks.length < 150 && svg('circle', { class: 'chart-dot', cx: at, cy: y(check.avg), r: 2 }),
      check.loss > 0 && svg('rect', { class: check.loss === 1 ? 'chart-lost all' : 'chart-lost', x: at - wide / 2, width: wide, y: lossTop + LOSS * (1 - check.loss), height: LOSS * check.loss }),
      check.stream && svg('rect', { class: `chart-stream ${check.stream === 'SUCCESS' ? 'good' : 'bad'}`, x: at - wide / 2, width: wide, y: lossTop + LOSS + GAP + (check.stream === 'SUCCESS' ? 3 : 0), height: check.stream === 'SUCCESS' ? STREAM - 6 : STREAM }),
    ];
  }

  /** Arrows walk from check to check. */
  #walk(event, show) {
    const now = this.#checks.findIndex(({ at }) => at === this.#at);
    const last = this.#checks.length - 1;
    const next = { ArrowLeft: now < 0 ? last : now - 1, ArrowRight: now + 1, Home: 0, End: last }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      show(this.#checks[Math.min(last, Math.max(0, next))]);
    }
  }

  #near(event, from, to) {
    const box = event.currentTarget.getBoundingClientRect();
    const at = from + (((event.clientX - box.left) / box.width) * width - LEFT) / (width - LEFT - RIGHT) * (to - from);
    return this.#checks.reduce((best, check) => (Math.abs(check.at - at) < Math.abs(best.at - at) ? check : best));
  }

  #inWords() {
    const answered = this.#checks.filter((check) => check.avg !== null);
    const avg = answered.reduce((sum, check) => sum + check.avg, 0) / (answered.length || 1);
    return t('chart.words', { checks: number(this.#checks.length), avg: number(avg, 2) });
  }
}

/** As the address says. */
function spanOf() {
  const span = here().params.get('span');
  return span in SPANS ? span : USUAL;
}

const words = ({ at, avg, max, loss, stream, reason }) => [
  dateTime(at),
  avg === null ? (loss === null ? null : t('chart.noEcho')) : t('chart.rtt', { avg: number(avg, 2), max: number(max, 2) }),
  loss === null ? null : t('chart.lost', { percent: number(loss * 100) }),
  stream && `${t('detail.stream')}: ${reason === 'OK' ? said('hls', stream) : said('reason', reason)}`,
].filter(Boolean).join(' · ');

function point({ icmp, hls }) {
  const at = Date.parse(icmp?.checkedAt ?? hls?.checkedAt ?? '');
  return Number.isNaN(at) ? null : {
    at,
    avg: icmp?.rttAvgMs ?? null,
    min: icmp?.rttMinMs ?? null,
    max: icmp?.rttMaxMs ?? null,
    loss: icmp && icmp.sent > 0 ? 1 - icmp.received / icmp.sent : null,
    stream: hls?.status ?? null,
    reason: hls?.reason ?? null,
  };
}

/** Runs of answered checks; where none was answered for long the line breaks. */
function parts(checks, gap) {
  const runs = [[]];
  for (const check of checks) {
    const run = runs.at(-1);
    if (check.avg === null || (run.length && check.at - run.at(-1).at > gap * 4)) {
      run.length && runs.push([]);
    }
    check.avg !== null && runs.at(-1).push(check);
  }
  return runs.filter((run) => run.length > 1);
}

const line = (part, x, y) => `M${part.map((check) => `${x(check.at).toFixed(1)} ${y(check.avg).toFixed(1)}`).join('L')}`;

const band = (part, x, y) =>
  `M${part.map((check) => `${x(check.at).toFixed(1)} ${y(check.max).toFixed(1)}`).join('L')}L${part.toReversed().map((check) => `${x(check.at).toFixed(1)} ${y(check.min).toFixed(1)}`).join('L')}Z`;

function grid(most, y, lossTop) {
  const label = (words, top) => svg('text', { class: 'chart-label', x: LEFT - 8, y: top + 4, 'text-anchor': 'end' }, words);
  return [
    [0, 0.5, 1].map((share) => [svg('line', { class: 'chart-grid', x1: LEFT, x2: width - RIGHT, y1: y(most * share), y2: y(most * share) }), label(number(most * share, 1), y(most * share))]),
    svg('line', { class: 'chart-grid', x1: LEFT, x2: width - RIGHT, y1: lossTop + LOSS, y2: lossTop + LOSS }),
    label('100%', lossTop + 4), label('0', lossTop + LOSS),
    svg('text', { class: 'chart-name', x: LEFT + 4, y: TOP + 2 }, t('chart.rttAxis')),
    svg('text', { class: 'chart-name', x: LEFT + 4, y: lossTop + 2 }, t('chart.lossAxis')),
    label('HLS', lossTop + LOSS + GAP + 5),
  ];
}

function times(from, to, x, lossTop) {
  return ticks(from, to, width === WIDE ? 6 : 3).map(({ at, words }) => {
    const left = x(at);
    const half = words.length * 3.2;
    const anchor = left + half > width ? 'end' : left - half < 0 ? 'start' : 'middle';
    return [
      svg('line', { class: 'chart-grid', x1: left, x2: left, y1: TOP, y2: TOP + RTT }),
      svg('line', { class: 'chart-grid', x1: left, x2: left, y1: lossTop, y2: lossTop + LOSS }),
      svg('text', { class: 'chart-label', x: left, y: HEIGHT - 4, 'text-anchor': anchor }, words),
    ];
  });
}

function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((step) => step * power >= value) * power;
}

customElements.define('check-chart', CheckChart);

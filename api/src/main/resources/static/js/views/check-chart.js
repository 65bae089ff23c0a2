import { cameraPath, get } from '../api.js';
import { h, fill, svg, View } from '../dom.js';
import { dateTime, number, said, t, timeOfDay } from '../i18n/i18n.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SPANS = { h1: HOUR, h6: 6 * HOUR, d1: 24 * HOUR, d7: 168 * HOUR };
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
  #span = 'h6';
  #checks = null;
  #failure = null;

  set camera(id) {
    this.#camera = id;
    this.#checks = null;
    this.refresh();
  }

  draw() {
    this.spans = h('div', { class: 'chips', role: 'group', 'aria-label': t('chart.span') });
    this.canvas = h('div', { class: 'chart-canvas' });
    this.tip = h('p', { class: 'chart-tip hint', role: 'status' }, t('chart.hint'));
    fill(this, h('section', { class: 'panel chart-panel' },
      h('div', { class: 'panel-head' }, h('h2', null, t('chart.title')), this.spans), this.canvas, this.tip));
    this.#chips();
    this.#paint();
  }

  start() {
    this.every(REFRESH_MILLIS, () => !document.hidden && this.refresh());
  }

  async refresh() {
    const id = this.#camera;
    if (!id) {
      return;
    }
    const from = new Date(Date.now() - SPANS[this.#span]).toISOString();
    try {
      const { items } = await get(cameraPath(id, `/checks?from=${from}&limit=${MOST}`));
      if (id !== this.#camera) {
        return;
      }
      this.#checks = items.map(point).filter(Boolean).sort((a, b) => a.at - b.at);
      this.#failure = null;
    } catch (problem) {
      this.#failure = problem.message;
    }
    this.isConnected && this.#paint();
  }

  #chips() {
    fill(this.spans, Object.keys(SPANS).map((name) => h('button', {
      type: 'button', class: 'chip', 'aria-pressed': String(name === this.#span),
      on: { click: () => { this.#span = name; this.#chips(); this.refresh(); } },
    }, t(`chart.${name}`))));
  }

  #paint() {
    if (this.#failure || !this.#checks?.length) {
      fill(this.canvas, h('p', { class: 'message' }, this.#failure ? t('detail.failed', { why: this.#failure }) : t(this.#checks ? 'chart.none' : 'chart.loading')));
      return;
    }
    width = this.clientWidth < 600 ? NARROW : WIDE;
    const to = Date.now();
    // what was not recorded yet takes no room
    const from = Math.max(to - SPANS[this.#span], this.#checks[0].at - MINUTE);
    const x = (at) => LEFT + ((at - from) / (to - from)) * (width - LEFT - RIGHT);
    const most = nice(Math.max(1, ...this.#checks.map((check) => check.max ?? 0)));
    const y = (rtt) => TOP + RTT - (Math.min(rtt, most) / most) * RTT;
    const lossTop = TOP + RTT + GAP;
    const drawing = svg('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, class: 'chart', role: 'img', 'aria-label': this.#inWords() },
      grid(most, y, lossTop),
      times(from, to, x),
      parts(this.#checks, (to - from) / 40).map((part) => [
        svg('path', { class: 'chart-band', d: band(part, x, y) }),
        svg('path', { class: 'chart-line', d: line(part, x, y) }),
      ]),
      this.#checks.map((check) => this.#marks(check, x, y, lossTop)));
    drawing.addEventListener('pointermove', (event) => this.#point(event, from, to));
    drawing.addEventListener('pointerleave', () => (this.tip.textContent = t('chart.hint')));
    fill(this.canvas, drawing);
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

  #point(event, from, to) {
    const box = event.currentTarget.getBoundingClientRect();
    const at = from + (((event.clientX - box.left) / box.width) * width - LEFT) / (width - LEFT - RIGHT) * (to - from);
    const near = this.#checks.reduce((best, check) => (Math.abs(check.at - at) < Math.abs(best.at - at) ? check : best));
    this.tip.textContent = [
      dateTime(near.at),
      near.avg === null ? (near.loss === null ? null : t('chart.noEcho')) : t('chart.rtt', { avg: number(near.avg, 2), max: number(near.max, 2) }),
      near.loss === null ? null : t('chart.lost', { percent: number(near.loss * 100) }),
      near.stream && `${t('detail.stream')}: ${near.reason === 'OK' ? said('hls', near.stream) : said('reason', near.reason)}`,
    ].filter(Boolean).join(' · ');
  }

  #inWords() {
    const answered = this.#checks.filter((check) => check.avg !== null);
    const avg = answered.reduce((sum, check) => sum + check.avg, 0) / (answered.length || 1);
    return t('chart.words', { checks: number(this.#checks.length), avg: number(avg, 2) });
  }
}

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
    label('100 %', lossTop + 4), label('0', lossTop + LOSS),
    svg('text', { class: 'chart-name', x: LEFT + 4, y: TOP + 2 }, t('chart.rttAxis')),
    svg('text', { class: 'chart-name', x: LEFT + 4, y: lossTop + 2 }, t('chart.lossAxis')),
    label('HLS', lossTop + LOSS + GAP + 5),
  ];
}

function times(from, to, x) {
  return (width === WIDE ? [0, 0.25, 0.5, 0.75, 1] : [0, 0.5, 1]).map((share) => {
    const at = from + (to - from) * share;
    return svg('text', { class: 'chart-label', x: x(at), y: HEIGHT - 4, 'text-anchor': share === 0 ? 'start' : share === 1 ? 'end' : 'middle' }, timeOfDay(at, to - from > 36 * HOUR));
  });
}

function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((step) => step * power >= value) * power;
}

customElements.define('check-chart', CheckChart);

import { h, svg } from '../dom.js';
import { date, number, t, timeOfDay, weekday } from '../i18n/i18n.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** As many of the drawing's units as there are pixels, within these: words stay as large as others. */
const WIDEST = 1600;
const NARROWEST = 320;
/** Of a bar: seven days are no wall. */
const BAR = 72;
const LEFT = 58;
const RIGHT = 8;
const TOP = 10;
const PLOT = 150;
const HEIGHT = TOP + PLOT + 24;
/** Whose fault the hours were; from the ground up. */
const PARTIES = [['LINE_FAULT', 'lineSeconds'], ['CAMERA_FAULT', 'cameraSeconds'], ['STREAM_SERVER_FAULT', 'streamServerSeconds']];

/** Camera hours out of order, step by step, by whose fault it was; availability in words at each. */
export function courseChart(course, pixels) {
  const width = Math.min(WIDEST, Math.max(NARROWEST, pixels));
  const sums = course.map((step) => PARTIES.reduce((sum, [, name]) => sum + step[name], 0) / 3600);
  const most = nice(Math.max(1, ...sums));
  const slot = (width - LEFT - RIGHT) / course.length;
  const y = (hours) => TOP + PLOT - (hours / most) * PLOT;
  const tip = h('p', { class: 'chart-tip hint', role: 'status' }, t('report.courseHint'));
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, class: 'chart', role: 'img', tabindex: '0', 'aria-label': inWords(course) },
    [0, 0.5, 1].map((share) => [
      svg('line', { class: 'chart-grid', x1: LEFT, x2: width - RIGHT, y1: y(most * share), y2: y(most * share) }),
      svg('text', { class: 'chart-label', x: LEFT - 8, y: y(most * share) + 4, 'text-anchor': 'end' }, t('report.hours', { hours: number(most * share, 1) })),
    ]),
    course.map((step, i) => bar(step, LEFT + slot * i, slot, y)),
    labels(course, slot, width));
  let at = -1;
  const point = (i) => {
    at = Math.max(0, Math.min(course.length - 1, i));
    tip.textContent = said(course[at], sums[at]);
    drawing.querySelectorAll('.course-step').forEach((step, j) => step.classList.toggle('pointed', j === at));
  };
  drawing.addEventListener('pointermove', (event) => {
    const box = drawing.getBoundingClientRect();
    point(Math.floor((((event.clientX - box.left) / box.width) * width - LEFT) / slot));
  });
  drawing.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step) {
      event.preventDefault();
      point(at + step);
    }
  });
  return h('section', { class: 'panel chart-panel course' },
    h('div', { class: 'panel-head' }, h('h2', null, t('report.course')),
      h('ul', { class: 'legend' }, PARTIES.map(([verdict]) => h('li', { data: { verdict } }, h('i'), t(`verdict.${verdict}`))))),
    h('div', { class: 'chart-canvas' }, drawing), tip);
}

function bar(step, left, slot, y) {
  const gap = Math.max(slot - BAR, Math.min(6, slot * 0.2));
  let ground = 0;
  const parts = PARTIES.map(([verdict, name]) => {
    const hours = step[name] / 3600;
    const part = svg('rect', { class: 'course-part', 'data-verdict': verdict, x: left + gap / 2, width: slot - gap, y: y(ground + hours), height: Math.max(0, y(ground) - y(ground + hours)) });
    ground += hours;
    return part;
  });
  return svg('g', { class: 'course-step' }, svg('rect', { class: 'course-back', x: left, width: slot, y: TOP, height: PLOT }), parts);
}

/** As many as stand beside each other without touching. */
function labels(course, slot, width) {
  const every = Math.ceil(64 / slot);
  return course.map((step, i) => i % every === 0 && i * slot < width - LEFT - 40 && svg('text', { class: 'chart-label', x: LEFT + slot * (i + 0.5), y: HEIGHT - 5, 'text-anchor': 'middle' }, shortly(step)));
}

const ofDays = (step) => Date.parse(step.to) - Date.parse(step.from) > HOUR;
const shortly = (step) => (ofDays(step) ? date(Date.parse(step.from)) : timeOfDay(Date.parse(step.from), false));

const said = (step, hours) => [
  ofDays(step) ? weekday(Date.parse(step.from)) : timeOfDay(Date.parse(step.from), true),
  step.availability === null ? t('report.unknown') : `${t('report.availability')} ${percent(step.availability)}`,
  t('report.courseSaid', { outages: number(step.outages), hours: number(hours, 1) }),
].join(' · ');

function inWords(course) {
  const known = course.filter(({ availability }) => availability !== null);
  const worst = known.toSorted((a, b) => a.availability - b.availability)[0];
  return worst ? `${t('report.course')}. ${t('report.worst', { at: shortly(worst), percent: percent(worst.availability) })}` : t('report.course');
}

export const percent = (share) => (share === null || share === undefined ? '–' : `${share === 1 ? '100' : share === 0 ? '0' : (Math.floor(share * 100_000) / 1000).toFixed(3)}%`);

/** From when, and in which steps: whole days of the reader's own clock. */
export function courseOf(days) {
  const from = new Date();
  if (days === 1) {
    from.setMinutes(0, 0, 0);
    return { from: new Date(from.getTime() - DAY + HOUR).toISOString(), every: '1h' };
  }
  from.setHours(0, 0, 0, 0);
  return { from: new Date(from.getTime() - (days - 1) * DAY).toISOString(), every: '1d' };
}

function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((step) => step * power >= value) * power;
}

import { get } from '../api.js';
import { h, fill, refill, View } from '../dom.js';
import { day, number, span, t, zone } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { cameraLink, here, put, route } from '../router.js';
import { nameOf } from '../store.js';
import { words } from '../words.js';
import { courseChart, courseOf, percent } from './course-chart.js';

const GROUPS = ['district', 'line', 'vendor', 'site', 'camera'];
const SPANS = ['1', '7', '30', '90'];
const SHOWN = 300;

/** How available the city was, by who answers for it. */
class ReportsPage extends View {
  #asked = null;

  draw() {
    this.groups = h('div', { class: 'chips', role: 'group', 'aria-label': t('report.by') });
    this.spans = h('div', { class: 'chips', role: 'group', 'aria-label': t('chart.span') });
    this.csv = h('a', { class: 'button quiet', download: '' }, icon('download'), 'CSV');
    this.print = h('button', { type: 'button', class: 'quiet', on: { click: () => print() } }, icon('print'), h('span', null, t('report.print')));
    this.period = h('p', { class: 'hint report-period' });
    this.total = h('dl', { class: 'import-figures report-figures' });
    this.course = h('div', { class: 'course-place' });
    this.place = h('div', { class: 'table-place' });
    fill(this, h('header', { class: 'page-head' }, h('h1', null, t('nav.reports')), h('p', { class: 'page-hint' }, t('report.hint')), this.spans, this.groups, this.csv, this.print), h('div', { class: 'report-body' }, this.period, this.total, this.course, this.place));
    this.#asked = null;
    this.#follow();
  }

  start() {
    this.on(route, 'change', () => this.#follow());
  }

  #follow() {
    const { page, params } = here();
    const by = GROUPS.includes(params.get('by')) ? params.get('by') : GROUPS[0];
    const days = SPANS.includes(params.get('days')) ? params.get('days') : '7';
    if (page !== 'reports' || this.#asked === `${by} ${days}`) {
      return;
    }
    this.#asked = `${by} ${days}`;
    const chip = (name, value, chosen, label) => h('button', { type: 'button', class: 'chip', 'aria-pressed': String(value === chosen), on: { click: () => put({ [name]: value }) } }, label);
    refill(this.groups, GROUPS.map((name) => chip('by', name, by, t(name === 'camera' ? 'list.camera' : `detail.${name}`))));
    refill(this.spans, SPANS.map((name) => chip('days', name, days, t(`report.days${name}`))));
    this.#load(by, courseOf(Number(days)));
  }

  async #load(by, { from, every }) {
    const query = `/api/reports/availability?by=${by}&from=${from}`;
    const asked = this.#asked;
    this.csv.href = `${query}&format=csv`;
    fill(this.place, h('p', { class: 'message' }, t('chart.loading')));
    try {
      const report = await get(`${query}&every=${every}`);
      asked === this.#asked && this.#show(by, from, report);
    } catch (problem) {
      if (asked !== this.#asked) {
        return;
      }
      this.period.textContent = '';
      fill(this.total);
      fill(this.course);
      fill(this.place, h('div', { class: 'message bad' }, h('p', null, words(problem)), h('button', { type: 'button', on: { click: () => this.#load(by, { from, every }) } }, t('list.retry'))));
    }
  }

  #show(by, from, { items, total, course }) {
    this.period.textContent = t('report.period', { from: day(Date.parse(from)), to: day(Date.now()), zone: zone(), by: t(by === 'camera' ? 'list.camera' : `detail.${by}`) });
    const figure = (name, value) => h('div', null, h('dt', null, t(`report.${name}`)), h('dd', null, value));
    fill(this.total, figure('availability', percent(total.availability)), figure('cameras', number(total.cameras)), figure('outages', number(total.outages)),
      figure('mttr', lasting(total.mttrSeconds)), figure('longest', lasting(total.longestOutageSeconds)));
    fill(this.course, items.length > 0 && courseChart(course, this.course.clientWidth - 20));
    if (!items.length) {
      fill(this.place, h('p', { class: 'message' }, t('report.empty')));
      return;
    }
    const rows = items.toSorted((a, b) => (a.availability ?? 2) - (b.availability ?? 2)).slice(0, SHOWN);
    const heads = ['availability', 'cameras', 'outages', 'mttr', 'down', 'longest'];
    fill(this.place, h('table', { class: 'table' },
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, t(by === 'camera' ? 'list.camera' : `detail.${by}`)), heads.map((name) => h('th', { scope: 'col' }, t(`report.${name}`))))),
      h('tbody', null, rows.map((row) => h('tr', null,
        h('th', { scope: 'row' }, by === 'camera' && row.key ? h('a', { href: cameraLink(row.key) }, row.name || nameOf(row.key))
          : row.key ? h('a', { href: `/cameras?${by}=${encodeURIComponent(row.key)}` }, row.key) : t('report.none')),
        cell('availability', bar(row.availability), percent(row.availability)),
        cell('cameras', number(row.cameras)), cell('outages', number(row.outages)), cell('mttr', lasting(row.mttrSeconds)),
        cell('down', lasting(row.downSeconds)), cell('longest', lasting(row.longestOutageSeconds)))))),
    items.length > SHOWN && h('p', { class: 'hint more' }, t('issues.more', { count: number(items.length - SHOWN) })));
  }
}

const cell = (name, ...content) => h('td', { data: { label: t(`report.${name}`) } }, content);

const lasting = (seconds) => (seconds ? span(seconds * 1000) : '–');

/** What was missing from 100 %, so that 99.9 and 99.0 are told apart; the figure stands beside it. */
function bar(share) {
  const part = h('i');
  part.style.width = share === null || share === undefined ? '0' : `${Math.max(1, 100 + Math.max(-100, (share - 1) * 1000))}%`;
  return h('span', { class: 'report-bar', 'aria-hidden': 'true', data: { bad: String(share < 0.99) } }, part);
}

customElements.define('reports-page', ReportsPage);

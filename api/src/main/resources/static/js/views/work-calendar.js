import { h, fill, refill, View } from '../dom.js';
import { number, said, t, timeOfDay, weekday } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { here, put, route } from '../router.js';
import { slotsOf, WEEKDAYS } from '../slots.js';

const SHOWN = 3;
const NARROW = matchMedia('(max-width: 860px)');

/** Planned work in a month or a week; on a phone as a list of its days. */
class WorkCalendar extends View {
  #windows = [];
  mayWrite = false;
  /** On a phone the days of this month that are over are shown when asked for. */
  #earlier = false;

  set windows(windows) {
    this.#windows = windows;
    this.isConnected && this.#show();
  }

  draw() {
    this.heading = h('h2', { 'aria-live': 'polite' });
    this.views = h('div', { class: 'chips', role: 'group', 'aria-label': t('calendar.view') });
    this.grid = h('div', { class: 'days' });
    const step = (name, words, by) => h('button', { type: 'button', class: 'ghost square', title: t(words), 'aria-label': t(words), on: { click: () => this.#step(by) } }, icon(name));
    fill(this, h('section', { class: 'panel calendar', on: { keydown: (event) => this.#key(event) } },
      h('div', { class: 'panel-head' }, step('back', 'calendar.before', -1), step('arrow', 'calendar.after', 1), this.heading,
        h('button', { type: 'button', class: 'quiet', on: { click: () => put({ day: null }) } }, t('calendar.today')), this.views),
      this.grid));
    this.#show();
  }

  start() {
    this.on(route, 'change', () => here().page === 'maintenance' && this.#show());
    this.on(NARROW, 'change', () => this.#show());
    this.every(60_000, () => this.#show());
  }

  get #view() {
    return here().params.get('view') === 'week' ? 'week' : 'month';
  }

  get #day() {
    const asked = new Date(`${here().params.get('day')}T00:00`);
    return Number.isNaN(asked.getTime()) ? new Date() : asked;
  }

  #step(by) {
    const day = this.#day;
    const next = this.#view === 'week' ? new Date(day.getFullYear(), day.getMonth(), day.getDate() + 7 * by) : new Date(day.getFullYear(), day.getMonth() + by, 1);
    put({ day: dateOf(next) });
  }

  #key(event) {
    const by = { PageUp: -1, PageDown: 1 }[event.key];
    if (by) {
      event.preventDefault();
      this.#step(by);
    }
  }

  #days() {
    const day = this.#day;
    const first = this.#view === 'week' ? day : new Date(day.getFullYear(), day.getMonth(), 1);
    const monday = new Date(first.getFullYear(), first.getMonth(), first.getDate() - ((first.getDay() + 6) % 7));
    const last = this.#view === 'week' ? 7 : Math.ceil((new Date(day.getFullYear(), day.getMonth() + 1, 0).getDate() + ((first.getDay() + 6) % 7)) / 7) * 7;
    return Array.from({ length: last }, (_, i) => new Date(monday.getFullYear(), monday.getMonth(), monday.getDate() + i));
  }

  #show() {
    if (!this.grid) {
      return;
    }
    const view = this.#view;
    const days = this.#days();
    const from = days[0].getTime();
    const to = nextDay(days.at(-1)).getTime();
    const slots = this.#windows.flatMap((window) => slotsOf(window, from, to).map((slot) => ({ ...slot, window }))).sort((a, b) => a.from - b.from);
    const today = new Date().setHours(0, 0, 0, 0);
    const hides = NARROW.matches && view === 'month' && !this.#earlier && today >= from && today < to;
    const gone = hides ? slots.filter((slot) => slot.to <= today && slot.to > new Date(this.#day.getFullYear(), this.#day.getMonth(), 1).getTime()).length : 0;
    const focused = this.grid.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.heading.textContent = view === 'week' ? t('calendar.week', { from: short(days[0]), to: short(days.at(-1)) }) : month(this.#day);
    refill(this.views, ['month', 'week'].map((name) => h('button', { type: 'button', class: 'chip', 'aria-pressed': String(name === view), on: { click: () => put({ view: name === 'month' ? null : name }) } }, t(`calendar.${name}s`))));
    this.grid.dataset.view = view;
    fill(this.grid,
      WEEKDAYS.map((name) => h('div', { class: 'day-name', 'aria-hidden': 'true' }, said('weekday', name))),
      gone > 0 && h('button', { type: 'button', class: 'quiet earlier', on: { click: () => { this.#earlier = true; this.#show(); } } }, t('calendar.earlier', { count: number(gone) })),
      days.filter((day) => !hides || day.getTime() >= today).map((day) => this.#cell(day, slots, view)),
      NARROW.matches && view === 'month' && !slots.length && h('p', { class: 'message' }, t('calendar.empty')));
    focused && this.grid.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  #cell(day, slots, view) {
    const begin = day.getTime();
    const end = nextDay(day).getTime();
    const its = slots.filter((slot) => slot.to > begin && slot.from < end);
    const most = view === 'week' || NARROW.matches ? its.length : SHOWN;
    const today = dateOf(day) === dateOf(new Date());
    const label = weekday(begin);
    const head = [h('b', { class: 'day-number' }, number(day.getDate())), h('span', { class: 'day-full' }, label)];
    return h('div', {
      class: `day ${its.length ? '' : 'free'} ${view === 'month' && day.getMonth() !== this.#day.getMonth() ? 'other' : ''}`, role: 'group', 'aria-label': label, 'aria-current': today ? 'date' : null,
    },
    this.mayWrite
      ? h('button', { type: 'button', class: 'ghost day-head', data: { key: dateOf(day) }, title: t('calendar.add', { day: label }), 'aria-label': t('calendar.add', { day: label }), on: { click: () => put({ edit: 'new', on: dateOf(day) }) } }, head)
      : h('span', { class: 'day-head' }, head),
    h('ul', null, its.slice(0, most).map((slot) => h('li', null, work(slot, begin, end)))),
    its.length > most && h('button', { type: 'button', class: 'link', on: { click: () => put({ view: 'week', day: dateOf(day) }) } }, t('issues.more', { count: number(its.length - most) })));
  }
}

function work({ window, from, to }, begin, end) {
  const now = Date.now();
  const active = window.enabled && from <= now && now < to;
  const state = !window.enabled ? 'off' : active ? 'active' : to <= now ? 'over' : '';
  const time = from <= begin && to >= end ? t('calendar.allDay') : `${from < begin ? '' : timeOfDay(from)}–${to > end ? '' : timeOfDay(to)}`;
  return h('button', { type: 'button', class: `work ${state}`, data: { key: `${window.id} ${begin}` }, title: `${time} ${window.name}`, 'aria-label': `${time} ${window.name}`, on: { click: () => put({ edit: window.id }) } },
    h('time', null, active && icon('tools'), time), h('span', null, window.name),
    active && h('b', { class: 'unseen' }, t('maintenance.active')), state === 'off' && h('i', { class: 'unseen' }, t('form.off')));
}

const nextDay = (day) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1);

/** As an address and a field have it. */
const dateOf = (day) => `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;

const month = (day) => new Intl.DateTimeFormat(document.documentElement.lang, { year: 'numeric', month: 'long' }).format(day);
const short = (day) => new Intl.DateTimeFormat(document.documentElement.lang, { month: 'short', day: 'numeric' }).format(day);

customElements.define('work-calendar', WorkCalendar);

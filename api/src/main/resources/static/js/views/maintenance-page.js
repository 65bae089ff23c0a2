import { get, patch, tagOf } from '../api.js';
import { h, fill, sure, write } from '../dom.js';
import { secondsOf } from '../durations.js';
import { lasting, number, said, t, timeOfDay } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { keep } from '../keyed.js';
import { here, put } from '../router.js';
import { WEEKDAYS } from '../slots.js';
import { store } from '../store.js';
import { fromField, words } from '../words.js';
import { known, RecordsView, tags } from './records-view.js';
import './work-calendar.js';

const HELD = 1000;
const REFRESH_MILLIS = 15_000;
const DAY = 86_400_000;

/** Planned work: when it is, what it is at, and what it keeps from being told. */
class MaintenancePage extends RecordsView {
  path = '/api/maintenance-windows';
  name = 'maintenance';
  writers = ['OPERATOR', 'ADMIN'];
  #held = new Map();
  #heldMore = false;

  around(table) {
    this.nowCount = h('span', { class: 'count' });
    this.nowList = h('ul');
    this.nowNone = h('p', { class: 'hint' }, t('maintenance.none'));
    this.now = h('section', { class: 'panel work-now', 'aria-label': t('maintenance.now') },
      h('div', { class: 'panel-head' }, h('h2', null, t('maintenance.now')), this.nowCount), this.nowList, this.nowNone);
    this.calendar = h('work-calendar', { mayWrite: this.mayWrite });
    return h('div', { class: 'planned' }, this.calendar, h('div', { class: 'planned-side' }, this.now, table));
  }

  start() {
    super.start();
    this.on(store, 'notices', () => this.#count(), REFRESH_MILLIS / 3);
    this.every(REFRESH_MILLIS, () => !document.hidden && !here().params.has('edit') && !this.table.contains(document.activeElement) && this.load());
  }

  order(items) {
    const rank = ({ activeNow, nextStart }) => (activeNow ? 0 : nextStart ? 1 : 2);
    return items.toSorted((a, b) => rank(a) - rank(b) || ((a.nextStart ?? a.name) < (b.nextStart ?? b.name) ? -1 : 1));
  }

  loaded() {
    this.calendar.windows = this.items;
    this.#showNow();
    this.#count();
  }

  /** Notices that wait because of planned work, by its id. */
  async #count() {
    try {
      const { items, next } = await get(`/api/notifications?status=CREATED&limit=${HELD}`);
      this.#held = new Map();
      for (const { holds } of items) {
        for (const { reason, by, until } of holds ?? []) {
          reason === 'MAINTENANCE' && Date.parse(until) > Date.now() && this.#held.set(by, (this.#held.get(by) ?? 0) + 1);
        }
      }
      this.#heldMore = Boolean(next);
      this.isConnected && this.#showNow();
    } catch {
      // how many wait is not known then; the windows are shown all the same
    }
  }

  #showNow() {
    const active = this.items.filter(({ activeNow }) => activeNow);
    write(this.nowCount, number(active.length));
    this.nowList.hidden = !active.length;
    this.nowNone.hidden = active.length > 0;
    // who is about to end one does not lose the button
    keep(this.nowList, active, {
      key: ({ id }) => id,
      says: ({ id, name, scope, nextEnd, repeat }) => JSON.stringify([name, scope, nextEnd, repeat, this.#held.get(id), this.#heldMore]),
      make: (window) => this.#active(window),
      tick: () => {},
    });
  }

  #active(window) {
    const held = this.#held.get(window.id) ?? 0;
    const end = h('button', { type: 'button', class: 'quiet', on: { click: () => this.#end(window, end) } }, icon('healthy'), t('maintenance.end'));
    return h('li', null,
      h('button', { type: 'button', class: 'link', on: { click: () => put({ edit: window.id }) } }, window.name),
      tags(scopeOf(window.scope), t('maintenance.everything')),
      h('p', null, icon('tools'), ' ', t('maintenance.until', { time: moment(window.nextEnd) }), ' · ', h('b', null, t('maintenance.held', { count: number(held) + (this.#heldMore ? '+' : '') }))),
      this.mayWrite && !window.repeat && end);
  }

  /** The work is done earlier; what was held is told at once. */
  async #end(window, button) {
    if (!sure(button, t('maintenance.sure'))) {
      return;
    }
    button.disabled = true;
    try {
      const path = `${this.path}/${encodeURIComponent(window.id)}`;
      await patch(path, { endsAt: new Date().toISOString() }, tagOf(await get(path)));
      await this.load();
    } catch (problem) {
      button.after(h('small', { class: 'note bad', role: 'alert' }, words(problem)));
    }
  }

  columns() {
    return [
      { label: t('maintenance.name'), show: ({ name }) => name },
      { label: t('maintenance.scope'), show: ({ scope }) => tags(scopeOf(scope), t('maintenance.everything')) },
      { label: t('maintenance.when'), show: (window) => [when(window), ' ', state(window)] },
    ];
  }

  initial() {
    const day = here().params.get('on');
    return day ? { startsAt: fromField(`${day}T02:00`), endsAt: fromField(`${day}T05:00`) } : {};
  }

  fields(fresh, value) {
    const weekly = ({ often }) => often === 'weekly';
    const once = ({ often }) => often === 'once';
    const named = ({ scope }) => !scope.everything;
    const list = (name, label, of) => ({ name: `scope.${name}`, type: 'list', label, suggestions: known(of), when: named });
    return [
      { name: 'name', label: t('maintenance.name'), required: true, placeholder: t('maintenance.example') },
      { name: 'often', type: 'choice', label: t('maintenance.often'), initial: value.repeat ? 'weekly' : 'once', options: [['once', t('maintenance.once')], ['weekly', t('maintenance.weekly')]] },
      { name: 'startsAt', type: 'moment', label: t('maintenance.starts'), required: true, when: once },
      { name: 'endsAt', type: 'moment', label: t('maintenance.ends'), required: true, when: once },
      { name: 'repeat.days', type: 'choices', label: t('policy.days'), options: WEEKDAYS.map((day) => [day, said('weekday', day)]), when: weekly },
      { name: 'repeat.start', type: 'time', label: t('maintenance.starts'), required: true, initial: '02:00', when: weekly },
      { name: 'repeat.duration', type: 'lasting', label: t('maintenance.lasts'), required: true, initial: 'PT3H', when: weekly },
      { name: 'repeat.timeZone', label: t('policy.zone'), initial: 'Asia/Seoul', suggestions: Intl.supportedValuesOf('timeZone'), when: weekly },
      { name: 'repeat.until', type: 'moment', label: t('maintenance.last'), hint: t('maintenance.lastHint'), when: weekly },
      { name: 'scope', heading: t('maintenance.scope'), hint: t('maintenance.scopeHint') },
      { name: 'scope.everything', type: 'check', label: t('maintenance.everything') },
      list('lines', t('recipient.lines'), 'line'), list('sites', t('maintenance.sites'), 'site'), list('vendors', t('recipient.vendors'), 'vendor'),
      list('districts', t('recipient.districts'), 'district'), list('cameras', t('nav.cameras'), 'id'),
      { name: 'reason', type: 'long', label: t('maintenance.reason') },
      { name: 'enabled', type: 'check', label: t('maintenance.enabled'), initial: true },
    ];
  }

  written({ often, startsAt, endsAt, repeat, ...rest }) {
    return often === 'weekly' ? { ...rest, repeat } : { ...rest, startsAt, endsAt };
  }
}

const scopeOf = ({ everything, lines, sites, vendors, districts, cameras }) => {
  const all = everything ? [] : [...lines, ...sites, ...vendors, ...districts, ...cameras];
  return all.length > 5 ? [...all.slice(0, 4), `+${number(all.length - 4)}`] : all;
};

function when({ repeat, startsAt, endsAt }) {
  return repeat
    ? t('maintenance.everyWeek', { days: repeat.days.map((day) => said('weekday', day)).join('·'), time: repeat.start.slice(0, 5), span: lasting(secondsOf(repeat.duration) * 1000) })
    : `${moment(startsAt)} – ${moment(endsAt, Date.parse(startsAt))}`;
}

function state({ enabled, activeNow, nextStart }) {
  const [look, words] = !enabled ? ['', 'form.off'] : activeNow ? ['state-IN_PROGRESS', 'maintenance.active'] : nextStart ? ['state-SENT', 'maintenance.planned'] : ['', 'outage.over'];
  return h('b', { class: `state ${look}` }, t(words));
}

/** The hour alone where the day is plain. */
const moment = (instant, from = Date.now()) => timeOfDay(Date.parse(instant), Math.abs(Date.parse(instant) - from) > DAY / 2);

customElements.define('maintenance-page', MaintenancePage);

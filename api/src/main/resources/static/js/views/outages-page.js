import { sharedOf } from '../about.js';
import { get } from '../api.js';
import { h, fill, fillAnew, View, write } from '../dom.js';
import { dateTime, number, said, span, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { keep } from '../keyed.js';
import { know } from '../outage-names.js';
import { back, cameraLink, here, outageLink, route } from '../router.js';
import { nameOf, store } from '../store.js';
import { iconOf, verdictOfKind } from '../verdicts.js';
import { words } from '../words.js';
import './outage-issues.js';
import './told.js';

const REFRESH_MILLIS = 5000;
const LISTED = 300;

/** One cause behind many issues: what they share, which cameras, since when. */
class OutagesPage extends View {
  #items = null;
  #failure = null;
  #one = null;
  /** It, as it was last read. */
  #outage = null;

  draw() {
    this.list = h('ul', { class: 'outages' });
    this.message = h('div', { class: 'message' });
    this.side = h('div', { class: 'drawer-place' });
    fill(this, h('header', { class: 'page-head' }, h('h1', null, t('nav.outages')), h('p', { class: 'page-hint' }, t('outage.hint'))), this.list, this.message, this.side);
    this.#load();
    this.#follow();
  }

  start() {
    this.on(route, 'change', () => this.#follow());
    this.on(store, 'issues', () => this.#load(), 2000);
    this.on(store, 'cameras', () => this.#showCameras(), 1000);
    this.every(REFRESH_MILLIS, () => !document.hidden && this.#load());
  }

  async #load() {
    if (store.role === 'RECIPIENT') {
      this.message.hidden = true;
      this.#outage && this.#look();
      return;
    }
    try {
      this.#items = (await get('/api/outages?limit=200')).items;
      this.#failure = null;
      const now = this.#items.find(({ id }) => id === this.#outage?.id);
      now && saysOf(now) !== saysOf(this.#outage) && this.#look();
    } catch (problem) {
      this.#failure = words(problem);
    }
    this.isConnected && this.#show();
  }

  #show() {
    const items = (this.#items ?? []).toSorted((a, b) => Number(Boolean(a.resolvedAt)) - Number(Boolean(b.resolvedAt)) || (a.openedAt < b.openedAt ? 1 : -1));
    this.message.hidden = items.length > 0 && !this.#failure;
    this.message.classList.toggle('bad', Boolean(this.#failure));
    fillAnew(this.message, this.#failure ?? t(this.#items ? 'outage.empty' : 'chart.loading'), (why) => h('p', null, why));
    keep(this.list, items, {
      key: ({ id }) => id,
      says: saysOf,
      make: row,
      tick: (element, outage) => write(element.querySelector('.outage-lasts'), lasted(outage)),
    });
  }

  async #follow() {
    const { page, id } = here();
    if (page !== 'outages' || id === this.#one) {
      return;
    }
    const before = this.#one;
    this.#one = id;
    this.#outage = null;
    fill(this.side);
    if (id === null) {
      this.list.querySelector(`[href="${CSS.escape(outageLink(before))}"]`)?.focus({ preventScroll: true });
      return;
    }
    await this.#look();
  }

  /** The outage that the address names, as it is now. */
  async #look() {
    const id = this.#one;
    try {
      const outage = await get(`/api/outages/${encodeURIComponent(id)}`);
      if (id === this.#one && this.isConnected) {
        this.#open(outage);
      }
    } catch (problem) {
      // what is shown already stays
      id === this.#one && !this.#outage && fill(this.side, drawer(close(), h('p', { class: 'message bad' }, words(problem))));
    }
  }

  #open(outage) {
    const opens = !this.#outage;
    this.#outage = outage;
    know(outage);
    if (opens) {
      this.head = h('header', { class: 'drawer-head' });
      this.heading = h('h3');
      this.cameras = h('ul', { class: 'outage-cameras' });
      this.rest = h('p', { class: 'hint' });
      fill(this.side, drawer(this.head, h('outage-issues', { outage: outage.id }), h('told-list', { outage: outage.id }), h('section', { class: 'history' }, this.heading, this.cameras, this.rest)));
      this.side.firstChild.focus();
    }
    const verdict = verdictOfKind(outage.kind);
    this.head.dataset.verdict = verdict;
    fillAnew(this.head, saysOf(outage), () => [
      h('div', { class: 'drawer-top' }, h('span', { class: 'badge', data: { verdict } }, icon(iconOf(verdict)), t(`kind.${outage.kind}`)), stateOf(outage), close()),
      h('h2', null, sharedOf(outage.key)),
      h('p', { class: 'because' }, said('reason', outage.reason)),
      this.time = h('p', { class: 'hint' }),
      outage.flapping && h('p', { class: 'hint' }, t('board.flappingWhy'))]);
    write(this.time, t(outage.resolvedAt ? 'board.lasted' : 'detail.since', { span: lasted(outage), time: dateTime(Date.parse(outage.openedAt)) }));
    this.#showCameras();
  }

  /** Which they are, and how they are by now. */
  #showCameras() {
    if (!this.#outage) {
      return;
    }
    const cameras = (this.#outage.cameras ?? []).map((each) => each.cameraId ?? each.id ?? each);
    write(this.heading, t('map.cameras', { count: number(sizeOf(this.#outage)) }));
    write(this.rest, cameras.length > LISTED ? t('list.more', { count: number(cameras.length - LISTED) }) : '');
    keep(this.cameras, cameras.slice(0, LISTED), { key: (id) => id, says: (id) => `${nameOf(id)} ${store.cameras.get(id)?.verdict}`, make: member, tick: () => {} });
  }
}

const drawer = (...content) => h('section', { class: 'drawer', role: 'dialog', 'aria-label': t('nav.outages'), tabindex: '-1' }, h('div', { class: 'drawer-body' }, content));

/** A recipient sees one outage, and not the list of all. */
const close = () => h('button', { type: 'button', class: 'ghost square drawer-close', title: t('detail.close'), 'aria-label': t('detail.close'), on: { click: () => back(store.role === 'RECIPIENT' ? '/' : '/outages') } }, icon('close'));

const stateOf = ({ resolvedAt }) => h('b', { class: `state ${resolvedAt ? 'state-RESOLVED' : 'state-OPEN'}` }, t(resolvedAt ? 'outage.over' : 'outage.lasts'));

/** All that is shown of one but how long it lasts. */
const saysOf = (outage) => JSON.stringify([outage.kind, outage.key, outage.reason, outage.flapping, outage.resolvedAt, sizeOf(outage)]);

const lasted = ({ openedAt, resolvedAt }) => span((resolvedAt ? Date.parse(resolvedAt) : Date.now()) - Date.parse(openedAt));

function row(outage) {
  const verdict = verdictOfKind(outage.kind);
  return h('li', null, h('a', { class: `outage ${outage.resolvedAt ? 'over' : ''}`, href: outageLink(outage.id), data: { verdict } },
    h('span', { class: 'what' }, icon(iconOf(verdict)), t(`kind.${outage.kind}`), outage.flapping && h('b', { class: 'state' }, t('board.flapping'))),
    h('b', { class: 'who' }, sharedOf(outage.key)),
    h('span', { class: 'why' }, said('reason', outage.reason)),
    h('span', { class: 'outage-size' }, h('b', null, number(sizeOf(outage))), ' ', t('outage.cameras')),
    h('span', { class: 'outage-time' }, stateOf(outage), ' ', h('span', { class: 'outage-lasts' }, lasted(outage)), h('small', { class: 'hint' }, ' ', dateTime(Date.parse(outage.openedAt))))));
}

/** One of its cameras; how it is, where the reader may see that. */
function member(id) {
  const now = store.cameras.get(id)?.verdict;
  return h('li', { data: { verdict: now ?? 'UNKNOWN' } }, h('a', { href: cameraLink(id) }, icon(iconOf(now)), nameOf(id)), now && h('small', { class: 'hint' }, t(`verdict.${now}`)));
}

const sizeOf = ({ cameras, size, cameraCount }) => cameraCount ?? size ?? cameras?.length ?? 0;

customElements.define('outages-page', OutagesPage);

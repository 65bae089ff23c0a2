import { sharedOf } from '../about.js';
import { get } from '../api.js';
import { h, fill, View } from '../dom.js';
import { dateTime, number, said, span, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { cameraLink, go, here, outageLink, route } from '../router.js';
import { nameOf, store } from '../store.js';
import { iconOf, verdictOfKind } from '../verdicts.js';
import { words } from '../words.js';
import './told.js';

const REFRESH_MILLIS = 5000;
const LISTED = 300;

/** One cause behind many issues: what they share, which cameras, since when. */
class OutagesPage extends View {
  #items = null;
  #failure = null;
  #one = null;

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
    this.every(REFRESH_MILLIS, () => !document.hidden && this.#load());
  }

  async #load() {
    if (store.role === 'RECIPIENT') {
      this.message.hidden = true;
      return;
    }
    try {
      this.#items = (await get('/api/outages?limit=200')).items;
      this.#failure = null;
    } catch (problem) {
      this.#failure = words(problem);
    }
    this.isConnected && this.#show();
  }

  #show() {
    const items = (this.#items ?? []).toSorted((a, b) => Number(Boolean(a.resolvedAt)) - Number(Boolean(b.resolvedAt)) || (a.openedAt < b.openedAt ? 1 : -1));
    this.message.hidden = items.length > 0 && !this.#failure;
    this.message.classList.toggle('bad', Boolean(this.#failure));
    fill(this.message, h('p', null, this.#failure ?? t(this.#items ? 'outage.empty' : 'chart.loading')));
    fill(this.list, items.map((outage) => {
      const verdict = verdictOfKind(outage.kind);
      const end = outage.resolvedAt ? Date.parse(outage.resolvedAt) : Date.now();
      return h('li', null, h('a', { class: `outage ${outage.resolvedAt ? 'over' : ''}`, href: outageLink(outage.id), data: { verdict } },
        h('span', { class: 'what' }, icon(iconOf(verdict)), t(`kind.${outage.kind}`), outage.flapping && h('b', { class: 'state' }, t('board.flapping'))),
        h('b', { class: 'who' }, sharedOf(outage.key)),
        h('span', { class: 'why' }, said('reason', outage.reason)),
        h('span', { class: 'outage-size' }, h('b', null, number(sizeOf(outage))), ' ', t('outage.cameras')),
        h('span', { class: 'outage-time' }, h('b', { class: `state ${outage.resolvedAt ? 'state-RESOLVED' : 'state-OPEN'}` }, t(outage.resolvedAt ? 'outage.over' : 'outage.lasts')),
          ' ', span(end - Date.parse(outage.openedAt)), h('small', { class: 'hint' }, ' ', dateTime(Date.parse(outage.openedAt))))));
    }));
  }

  async #follow() {
    const { page, id } = here();
    if (page !== 'outages' || id === this.#one) {
      return;
    }
    const before = this.#one;
    this.#one = id;
    if (id === null) {
      fill(this.side);
      this.list.querySelector(`[href="${CSS.escape(outageLink(before))}"]`)?.focus({ preventScroll: true });
      return;
    }
    try {
      const outage = await get(`/api/outages/${encodeURIComponent(id)}`);
      if (id === this.#one) {
        this.#open(outage);
        this.side.firstChild.focus();
      }
    } catch (problem) {
      fill(this.side, this.#drawer(close(), h('p', { class: 'message bad' }, words(problem))));
    }
  }

  #open(outage) {
    const cameras = outage.cameras ?? [];
    const verdict = verdictOfKind(outage.kind);
    fill(this.side, this.#drawer(
      h('header', { class: 'drawer-head', data: { verdict } },
        h('div', { class: 'drawer-top' }, h('span', { class: 'badge', data: { verdict } }, icon(iconOf(verdict)), t(`kind.${outage.kind}`)),
          h('b', { class: `state state-${outage.resolvedAt ? 'RESOLVED' : 'OPEN'}` }, t(outage.resolvedAt ? 'outage.over' : 'outage.lasts')), close()),
        h('h2', null, sharedOf(outage.key)),
        h('p', { class: 'because' }, said('reason', outage.reason)),
        h('p', { class: 'hint' }, t(outage.resolvedAt ? 'board.lasted' : 'detail.since', { span: span((outage.resolvedAt ? Date.parse(outage.resolvedAt) : Date.now()) - Date.parse(outage.openedAt)), time: dateTime(Date.parse(outage.openedAt)) })),
        outage.flapping && h('p', { class: 'hint' }, t('board.flappingWhy'))),
      h('told-list', { outage: outage.id }),
      h('section', { class: 'history' }, h('h3', null, `${number(sizeOf(outage))} ${t('outage.cameras')}`),
        h('ul', { class: 'outage-cameras' }, cameras.slice(0, LISTED).map((each) => {
          const camera = each.cameraId ?? each.id ?? each;
          const now = store.cameras.get(camera)?.verdict ?? 'UNKNOWN';
          return h('li', { data: { verdict: now } }, h('a', { href: cameraLink(camera) }, icon(iconOf(now)), nameOf(camera)), h('small', { class: 'hint' }, t(`verdict.${now}`)));
        })),
        cameras.length > LISTED && h('p', { class: 'hint' }, t('issues.more', { count: number(cameras.length - LISTED) })))));
  }

  #drawer(...content) {
    return h('section', { class: 'drawer', role: 'dialog', 'aria-label': t('nav.outages'), tabindex: '-1' }, h('div', { class: 'drawer-body' }, content));
  }
}

const close = () => h('button', { type: 'button', class: 'ghost square drawer-close', title: t('detail.close'), 'aria-label': t('detail.close'), on: { click: () => go('/outages') } }, icon('close'));

const sizeOf = ({ cameras, size, cameraCount }) => cameraCount ?? size ?? cameras?.length ?? 0;

customElements.define('outages-page', OutagesPage);

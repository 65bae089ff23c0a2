import { get } from '../api.js';
import { h, fill, refill, View, write } from '../dom.js';
import { number, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { OPEN, isOpen, newestFirst } from '../open-issues.js';
import { back, here, put, route } from '../router.js';
import { nameOf, store } from '../store.js';
import { cause } from '../words.js';
import { showCards } from './issue-card.js';
import './issue-drawer.js';

const COLUMNS = ['OPEN', 'IN_PROGRESS', 'RESOLVED'];
const KINDS = ['STREAM_SERVER', 'LINE', 'CAMERA', 'DEGRADED'];
const SHOWN = 80;
/** Of those that are over so many are kept; the newest of twice as many, when it is time. */
const KEPT = 300;
const CALM_MILLIS = 300;
const AGAIN_MILLIS = 5000;

/** The desk's board: what is open, who is at it, what is over. */
class IssuesPage extends View {
  #over = new Map();
  #overLoaded = false;
  #failure = null;

  draw() {
    this.box = h('input', {
      type: 'search', placeholder: t('board.search'), 'aria-label': t('board.search'), autocomplete: 'off', maxlength: '100', value: here().params.get('q') ?? '',
      on: { input: () => put({ q: this.box.value }), keydown: (event) => event.key === 'Escape' && this.box.blur() },
    });
    this.kinds = h('div', { class: 'chips', role: 'group', 'aria-label': t('board.kind') });
    this.columns = new Map(COLUMNS.map((status) => [status, this.#column(status)]));
    this.failure = h('p', { class: 'message bad', role: 'alert', hidden: true });
    this.drawer = h('div', { class: 'drawer-place' });
    fill(this,
      h('header', { class: 'page-head' }, h('h1', null, t('nav.issues')), this.kinds, h('label', { class: 'search' }, icon('search'), this.box)),
      this.failure,
      h('div', { class: 'board', on: { keydown: (event) => this.#key(event) } }, [...this.columns.values()].map(({ element }) => element)),
      this.drawer);
    this.#follow();
    this.#load();
  }

  start() {
    this.on(store, 'issues', () => this.#update(), CALM_MILLIS);
    this.on(store, 'cameras', () => this.named !== store.loads && this.#update(), CALM_MILLIS);
    this.on(route, 'change', () => this.#follow());
    this.every(5000, () => this.#update());
  }

  async #load() {
    try {
      const [resolved, cancelled] = await Promise.all([get('/api/issues?status=RESOLVED&limit=100'), get('/api/issues?status=CANCELLED&limit=30')]);
      [...resolved.items, ...cancelled.items].forEach((issue) => this.#over.set(issue.id, issue));
      this.#overLoaded = true;
      this.#failure = null;
    } catch (problem) {
      this.#failure = cause(problem);
      setTimeout(() => this.isConnected && this.#load(), AGAIN_MILLIS);
    }
    this.isConnected && this.#update();
  }

  #column(status) {
    const count = h('b', { class: 'count' });
    const list = h('ul', { class: 'cards-list', 'aria-label': t(`issue.status.${status}`) });
    const more = h('p', { class: 'hint more' });
    const empty = h('p', { class: 'message' });
    const element = h('section', { class: `panel column column-${status}` },
      h('div', { class: 'panel-head' }, h('h2', null, t(`board.${status}`)), count), list, empty, more);
    return { element, count, list, more, empty };
  }

  #follow() {
    const { page, id, params } = here();
    if (page !== 'issues') {
      return;
    }
    const drawn = this.drawer.firstChild;
    if (id === null) {
      drawn?.remove();
      drawn && this.querySelector(`[data-issue="${CSS.escape(drawn.issue)}"]`)?.focus({ preventScroll: true });
    } else if (drawn?.issue !== id) {
      fill(this.drawer, h('issue-drawer', { issue: id, onclosed: () => back(`/issues${location.search}`) }));
    }
    this.kind = params.get('kind');
    this.outage = params.get('outage');
    const ofOne = this.outage && h('button', {
      type: 'button', class: 'chip', 'aria-pressed': 'true', title: t('board.allOutages'), on: { click: () => put({ outage: null }) },
    }, icon('close'), t('board.oneOutage'));
    refill(this.kinds, ofOne, [null, ...KINDS].map((kind) => h('button', {
      type: 'button', class: 'chip', 'aria-pressed': String(kind === this.kind), on: { click: () => put({ kind }) },
    }, kind ? t(`kind.${kind}`) : t('feed.all'))));
    this.#update();
  }

  #update() {
    this.named = store.loads;
    for (const issue of store.lastIssues.values()) {
      isOpen(issue) ? this.#over.delete(issue.id) : this.#over.set(issue.id, issue);
    }
    if (this.#over.size > 2 * KEPT) {
      this.#over = new Map([...this.#over.values()].sort(byEnd).slice(0, KEPT).map((issue) => [issue.id, issue]));
    }
    const failure = store.issuesFailure ?? this.#failure;
    this.failure.hidden = !failure;
    write(this.failure, failure ? t('detail.failed', { why: failure }) : '');
    const words = this.box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = (issue) => (!this.kind || issue.kind === this.kind) && (!this.outage || issue.outageId === this.outage) && (!words.length || words.every((word) => textOf(issue).includes(word)));
    const open = [...store.issues.values()].filter(wanted).sort(newestFirst);
    const over = [...this.#over.values()].filter(wanted).sort(byEnd);
    this.#show('OPEN', open.filter(({ status }) => status === 'OPEN'));
    this.#show('IN_PROGRESS', open.filter(({ status }) => status === 'IN_PROGRESS'));
    this.#show('RESOLVED', over);
  }

  #show(status, issues) {
    const { count, list, more, empty } = this.columns.get(status);
    const loaded = OPEN.includes(status) ? store.issuesLoaded : this.#overLoaded;
    const figure = loaded ? `${number(issues.length)}${store.issuesCut.has(status) ? '+' : ''}` : '–';
    count.textContent = status === 'RESOLVED' ? '' : figure;
    showCards(list, issues.slice(0, SHOWN), here().id);
    list.hidden = issues.length === 0;
    empty.hidden = issues.length > 0;
    write(empty, loaded ? t(`board.empty.${status}`) : t(store.issuesFailure ?? this.#failure ? 'issues.unknown' : 'chart.loading'));
    more.hidden = issues.length <= SHOWN;
    more.textContent = t('issues.more', { count: number(issues.length - SHOWN) });
  }

  /** Arrows walk over the cards. */
  #key(event) {
    const card = event.target.closest?.('[data-issue]');
    if (!card || !event.key.startsWith('Arrow')) {
      return;
    }
    event.preventDefault();
    const lists = [...this.columns.values()].map(({ list }) => [...list.querySelectorAll('[data-issue]')]);
    const column = lists.findIndex((cards) => cards.includes(card));
    const row = lists[column].indexOf(card);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      let next = column + step;
      while (lists[next] && !lists[next].length) {
        next += step;
      }
      lists[next]?.[Math.min(row, lists[next].length - 1)]?.focus();
    } else {
      lists[column][row + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
    }
  }
}

const byEnd = (a, b) => ((a.resolvedAt ?? '') < (b.resolvedAt ?? '') ? 1 : -1);

function textOf(issue) {
  const camera = store.cameras.get(issue.cameraId);
  return `${issue.id} ${issue.cameraId} ${nameOf(issue.cameraId)} ${issue.assignee ?? ''} ${issue.details ?? ''} ${camera?.text ?? ''}`.toLowerCase();
}

customElements.define('issues-page', IssuesPage);

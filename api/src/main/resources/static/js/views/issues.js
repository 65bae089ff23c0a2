import { h, fill, fillAnew, View } from '../dom.js';
import { number, said, span, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { keep } from '../keyed.js';
import { newestFirst } from '../open-issues.js';
import { go, issueLink } from '../router.js';
import { nameOf, store } from '../store.js';
import { iconOf, verdictOfKind } from '../verdicts.js';

const SHOWN = 60;
const CALM_MILLIS = 400;

class IssueList extends View {
  draw() {
    this.count = h('span', { class: 'count' });
    this.list = h('ol', { class: 'issues', tabindex: '0', 'aria-label': t('issues.title') });
    this.empty = h('p', { class: 'message' });
    this.more = h('p', { class: 'hint more' });
    fill(this, h('div', { class: 'panel-head' }, h('h2', null, t('issues.title')), this.count), this.list, this.more, this.empty);
    this.#update();
  }

  start() {
    this.on(store, 'issues', () => this.#update(), CALM_MILLIS);
    this.on(store, 'status', () => this.#update());
    this.every(1000, () => this.#tick());
  }

  #update() {
    const open = [...store.issues.values()].sort(newestFirst);
    const total = Math.max(open.length, store.status?.openIssues ?? 0);
    this.count.textContent = total || store.issuesLoaded ? number(total) : '–';
    keep(this.list, open.slice(0, SHOWN), { key: ({ id }) => id, says: saysOf, make: item, tick: () => {} });
    this.list.hidden = open.length === 0;
    this.empty.hidden = open.length > 0;
    // what could not be had is not said to be nothing
    fillAnew(this.empty, [store.issuesLoaded, store.issuesFailure], ([loaded, failure]) => (
      loaded ? [icon('healthy'), t('issues.empty')] : failure ? t('detail.failed', { why: failure }) : t('chart.loading')));
    const hidden = total - Math.min(open.length, SHOWN);
    this.more.hidden = hidden <= 0 || open.length === 0;
    this.more.textContent = this.more.hidden ? '' : t('issues.more', { count: number(hidden) });
  }

  #tick() {
    for (const time of this.list.querySelectorAll('time')) {
      time.textContent = span(Date.now() - Date.parse(time.dateTime));
    }
  }
}

const saysOf = ({ kind, status, reason, assignee, cameraId }) => JSON.stringify([kind, status, reason, assignee, nameOf(cameraId)]);

function item(issue) {
  const verdict = verdictOfKind(issue.kind);
  const note = [
    said('reason', issue.reason),
    issue.status === 'IN_PROGRESS' ? t('issues.inProgress') : null,
    issue.assignee ? t('issues.assigned', { who: issue.assignee }) : null,
  ].filter(Boolean).join(' · ');
  return h('li', null,
    h('button', { type: 'button', data: { verdict }, on: { click: () => go(issueLink(issue.id)) } },
      h('span', { class: 'what' }, icon(iconOf(verdict)), t(`kind.${issue.kind}`)),
      h('span', { class: 'who' }, nameOf(issue.cameraId)),
      h('time', { datetime: issue.openedAt }, span(Date.now() - Date.parse(issue.openedAt))),
      h('span', { class: 'why' }, note)));
}

customElements.define('issue-list', IssueList);

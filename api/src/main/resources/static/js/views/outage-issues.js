import { h, fill, View, write } from '../dom.js';
import { day, number, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { keep } from '../keyed.js';
import { newestFirst } from '../open-issues.js';
import { issueLink } from '../router.js';
import { nameOf, store } from '../store.js';
import { iconOf, verdictOfKind } from '../verdicts.js';

const SHOWN = 6;
const CALM_MILLIS = 300;

/** The open issues of an outage: where somebody who was told of it answers. */
class OutageIssues extends View {
  outage = null;

  draw() {
    this.heading = h('h3');
    this.how = h('p', { class: 'outage-how' }, icon('person'), h('span', null, t('outage.takeUp')));
    this.list = h('ul', { class: 'outage-issues' });
    this.rest = h('a', { class: 'told-all', href: `/issues?outage=${encodeURIComponent(this.outage)}` });
    this.note = h('p', { class: 'hint' });
    fill(this, h('section', { class: 'outage-open' }, this.heading, this.how, this.list, this.rest, this.note));
    this.#show();
  }

  start() {
    this.on(store, 'issues', () => this.#show(), CALM_MILLIS);
    this.on(store, 'cameras', () => this.named !== store.loads && this.#show(), CALM_MILLIS);
  }

  #show() {
    this.named = store.loads;
    const issues = [...store.issues.values()].filter(({ outageId }) => outageId === this.outage).sort(begunFirst);
    const cut = store.issuesCut.size > 0;
    write(this.heading, t('outage.issues', { count: store.issuesLoaded ? `${number(issues.length)}${cut ? '+' : ''}` : '–' }));
    // who only looks begins no work, and what was begun needs no word
    this.how.hidden = !store.works || !issues.length || issues.some(({ status }) => status === 'IN_PROGRESS');
    keep(this.list, issues.slice(0, SHOWN), { key: ({ id }) => id, says: saysOf, make: row, tick: () => {} });
    this.list.hidden = issues.length === 0;
    this.rest.hidden = issues.length <= SHOWN;
    write(this.rest, t('issues.more', { count: number(issues.length - SHOWN) }));
    const note = store.issuesLoaded ? (cut && !issues.length && t('outage.issuesCut')) : store.issuesFailure && t('detail.failed', { why: store.issuesFailure });
    this.note.hidden = !note;
    write(this.note, note || '');
  }
}

/** What somebody is at, before what waits. */
const begunFirst = (a, b) => Number(b.status === 'IN_PROGRESS') - Number(a.status === 'IN_PROGRESS') || newestFirst(a, b) || (a.cameraId < b.cameraId ? -1 : 1);

const saysOf = ({ kind, status, assignee, plannedVisitAt, cameraId }) => JSON.stringify([kind, status, assignee, plannedVisitAt, nameOf(cameraId)]);

function row({ id, kind, status, assignee, plannedVisitAt, cameraId }) {
  const verdict = verdictOfKind(kind);
  const who = [assignee, plannedVisitAt && day(Date.parse(plannedVisitAt))].filter(Boolean).join(' · ');
  return h('li', { data: { verdict } }, h('a', { href: issueLink(id), data: { issue: id } },
    icon(iconOf(verdict)),
    h('span', { class: 'outage-issue' }, h('b', null, nameOf(cameraId)), who && h('small', { class: 'hint' }, who)),
    h('b', { class: `state state-${status}` }, t(`issue.status.${status}`))));
}

customElements.define('outage-issues', OutageIssues);

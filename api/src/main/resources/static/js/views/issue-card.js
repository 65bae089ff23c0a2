import { h } from '../dom.js';
import { dateTime, day, said, span, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { keep } from '../keyed.js';
import { issueLink } from '../router.js';
import { nameOf, store } from '../store.js';
import { iconOf, verdictOfKind } from '../verdicts.js';

/** Shows these issues in a list. */
export const showCards = (list, issues, chosen) => keep(list, issues, {
  key: ({ id }) => id,
  says: (issue) => saysOf(issue, issue.id === chosen),
  make: (issue) => cardOf(issue, issue.id === chosen),
  tick: (card, issue) => {
    const time = card.querySelector('time');
    const words = timeOf(issue);
    time.textContent === words || (time.textContent = words);
  },
});

/** All that a card shows but its age. */
function saysOf({ kind, status, reason, assignee, plannedVisitAt, resolvedAt, outageId, cameraId }, chosen) {
  const camera = store.cameras.get(cameraId);
  return JSON.stringify([kind, status, reason, assignee, plannedVisitAt, resolvedAt, outageId, nameOf(cameraId), camera?.line, camera?.district, chosen, location.search]);
}

function timeOf({ openedAt, resolvedAt }) {
  const lasted = (resolvedAt ? Date.parse(resolvedAt) : Date.now()) - Date.parse(openedAt);
  return resolvedAt ? t('board.took', { span: span(lasted) }) : span(lasted);
}

/** An issue as the board shows it. */
function cardOf(issue, chosen) {
  const verdict = verdictOfKind(issue.kind);
  const camera = store.cameras.get(issue.cameraId);
  const why = [said('reason', issue.reason), camera?.line, camera?.district].filter(Boolean).join(' · ');
  const over = issue.resolvedAt ? Date.parse(issue.resolvedAt) : null;
  return h('li', null, h('a', {
    class: 'issue-card', href: issueLink(issue.id) + location.search, data: { issue: issue.id, verdict }, 'aria-current': chosen ? 'true' : null,
  },
  h('span', { class: 'what' }, icon(iconOf(verdict)), t(`kind.${issue.kind}`),
    issue.status === 'CANCELLED' && h('b', { class: 'state' }, t('issue.status.CANCELLED')),
    issue.flapping && h('b', { class: 'state' }, t('board.flapping')),
    issue.outageId && h('b', { class: 'state' }, t('board.outage'))),
  h('time', { datetime: issue.openedAt }, timeOf(issue)),
  h('b', { class: 'who' }, nameOf(issue.cameraId)),
  h('span', { class: 'why', title: why }, why),
  (issue.assignee || issue.plannedVisitAt || over !== null) && h('span', { class: 'card-foot' },
    issue.assignee && h('span', null, icon('person'), issue.assignee),
    issue.plannedVisitAt && h('span', null, icon('calendar'), day(Date.parse(issue.plannedVisitAt))),
    over !== null && h('span', null, icon('healthy'), dateTime(over)))));
}

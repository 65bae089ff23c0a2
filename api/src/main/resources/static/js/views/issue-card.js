import { h } from '../dom.js';
import { dateTime, said, span, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { issueLink } from '../router.js';
import { nameOf, store } from '../store.js';
import { iconOf, verdictOfKind } from '../verdicts.js';

/** An issue as the board shows it. */
export function issueCard(issue, chosen) {
  const verdict = verdictOfKind(issue.kind);
  const camera = store.cameras.get(issue.cameraId);
  const over = issue.resolvedAt ? Date.parse(issue.resolvedAt) : null;
  const lasted = (over ?? Date.now()) - Date.parse(issue.openedAt);
  return h('li', null, h('a', {
    class: 'issue-card', href: issueLink(issue.id), data: { issue: issue.id, verdict }, 'aria-current': chosen ? 'true' : null,
  },
  h('span', { class: 'what' }, icon(iconOf(verdict)), t(`kind.${issue.kind}`),
    issue.status === 'CANCELLED' && h('b', { class: 'state' }, t('issue.status.CANCELLED')),
    issue.flapping && h('b', { class: 'state' }, t('board.flapping')),
    issue.outageId && h('b', { class: 'state' }, t('board.outage'))),
  h('time', { datetime: issue.openedAt }, over === null ? span(lasted) : t('board.took', { span: span(lasted) })),
  h('b', { class: 'who' }, nameOf(issue.cameraId)),
  h('span', { class: 'why' }, [said('reason', issue.reason), camera?.line, camera?.district].filter(Boolean).join(' · ')),
  (issue.assignee || issue.plannedVisitAt || over !== null) && h('span', { class: 'card-foot' },
    issue.assignee && h('span', null, icon('person'), issue.assignee),
    issue.plannedVisitAt && h('span', null, icon('calendar'), dateTime(Date.parse(issue.plannedVisitAt))),
    over !== null && h('span', null, icon('healthy'), dateTime(over)))));
}

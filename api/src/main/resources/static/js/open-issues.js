// Which issues are open, of the lists that were read and what was heard while they were.

export const OPEN = ['OPEN', 'IN_PROGRESS'];

export const isOpen = ({ status }) => OPEN.includes(status);

/** Added for who reads one issue alone; no change of it. */
const TOLD = ['REMINDED', 'ESCALATED'];

/** Ascends with every change: each leaves an entry in the timeline. */
export const version = (issue) => issue?.timeline?.filter(({ step }) => !TOLD.includes(step)).length ?? 0;

export const newestFirst = (a, b) => (a.openedAt < b.openedAt ? 1 : a.openedAt > b.openedAt ? -1 : 0);

/**
 * One that changed while the lists were read stands in both of them: the later of the two counts.
 * What is older than a list that was cut, and was known before, is still open.
 *
 * @param lists {status, items, more}: `more` where not all were read
 * @param before by their ids
 */
export function openOf(lists, before) {
  const open = new Map();
  for (const issue of lists.flatMap(({ items }) => items)) {
    version(issue) >= version(open.get(issue.id)) && open.set(issue.id, issue);
  }
  for (const { status, items, more } of lists) {
    const oldest = more && items.at(-1)?.openedAt;
    for (const issue of oldest ? before.values() : []) {
      issue.status === status && issue.openedAt < oldest && !open.has(issue.id) && open.set(issue.id, issue);
    }
  }
  return open;
}

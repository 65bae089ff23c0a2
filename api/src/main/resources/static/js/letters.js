// Notices as they are read: what went out over several channels at once is one letter.

/** The newest first; each with its notices, and the one that stands for all: the inbox's, where there is one. */
export function lettersOf(notices) {
  const letters = new Map();
  for (const notice of notices) {
    const key = keyOf(notice);
    const letter = letters.get(key);
    letter ? letter.notices.push(notice) : letters.set(key, { key, notices: [notice] });
  }
  return [...letters.values()].map(letterOf).sort((a, b) => (a.first.createdAt < b.first.createdAt ? 1 : a.first.createdAt > b.first.createdAt ? -1 : 0));
}

function letterOf({ key, notices }) {
  const inOrder = notices.toSorted((a, b) => Number(b.channel === 'inbox') - Number(a.channel === 'inbox') || (a.channel < b.channel ? -1 : 1));
  return { key, notices: inOrder, first: inOrder[0], unread: inOrder.filter(isUnread) };
}

/** A digest is about none of these, and stands by itself. */
function keyOf({ id, issueId, outageId, alarmId, event, createdAt }) {
  const subject = issueId ?? outageId ?? alarmId;
  return subject ? `${subject} ${event} ${createdAt}` : id;
}

/** In an inbox, and not looked at yet. */
const isUnread = ({ channel, status, readAt }) => channel === 'inbox' && status === 'SENT' && !readAt;

export default {
  'issue.status.OPEN': 'Open',
  'issue.status.IN_PROGRESS': 'In progress',
  'issue.status.RESOLVED': 'Resolved',
  'issue.status.CANCELLED': 'Cancelled',
};

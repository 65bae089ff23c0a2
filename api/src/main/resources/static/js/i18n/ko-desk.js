export default {
  'issue.status.OPEN': '접수',
  'issue.status.IN_PROGRESS': '처리 중',
  'issue.status.RESOLVED': '해결',
  'issue.status.CANCELLED': '취소',
};

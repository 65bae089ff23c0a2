import { h } from '../dom.js';
import { number, said, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';

// What decided on a verdict, in plain words.

/** Why it is taken for what it is: what was measured, and how others do that share something. */
export function because({ evidence, reason }) {
  const lines = [
    evidence?.icmp && ['pulse', t('detail.echo'), echo(evidence.icmp)],
    evidence?.usual && unlike(reason, evidence),
    evidence?.hls && ['play', t('detail.stream'), evidence.hls.reason === 'OK' ? said('hls', evidence.hls.status) : said('reason', evidence.hls.reason)],
    evidence?.siblings && ['all', t('because.others'), others(evidence.siblings)],
  ].filter(Boolean);
  return lines.length > 0 && h('section', { class: 'because-lines' }, h('h3', null, t('because.title')),
    h('ul', null, lines.map(([picture, name, words]) => h('li', null, icon(picture), h('span', { class: 'hint' }, name), h('span', null, words)))));
}

function echo({ status, reason, sent, received, rttAvgMs }) {
  const answered = sent > 0 ? t('detail.answered', { received: number(received), sent: number(sent) }) : null;
  const why = ['OK', 'TIMEOUT', 'LOSS'].includes(reason) ? null : said('reason', reason);
  const rtt = status !== 'TIMEOUT' && rttAvgMs !== null && rttAvgMs !== undefined ? t('because.rtt', { avg: number(rttAvgMs, 1) }) : null;
  return [answered, why, rtt].filter(Boolean).join(' · ') || said('icmp', status);
}

function unlike(reason, { icmp, usual }) {
  const slower = reason === 'RTT_ANOMALY' && icmp?.rttAvgMs;
  if (!slower && reason !== 'LOSS_ANOMALY') {
    return null;
  }
  return ['chart', t('because.usual'), slower
    ? t('because.slower', { now: number(icmp.rttAvgMs, 1), usual: number(usual.rttMs, 1) })
    : t('because.lossier', { now: number(usual.recentLossPercent, 1), usual: number(usual.lossPercent, 1) })];
}

/** Such as "3 of 5 other cameras on line L-17 are silent too". */
export function others({ key, checked, failed }) {
  const [shared, ...name] = key.split(':');
  const where = t(`because.where.${shared}`, { name: name.join(':') });
  const how = !checked ? 'nobody' : !failed ? 'none' : failed < checked ? 'some' : failed === 1 ? 'one' : 'all';
  return t(`because.${shared === 'server' && checked ? 'server' : 'others'}.${how}`, { where, failed: number(failed), checked: number(checked) });
}

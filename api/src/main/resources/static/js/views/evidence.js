import { h } from '../dom.js';
import { dateTime, lasting, moment, number, said, span, t } from '../i18n/i18n.js';
import { secondsOf } from '../durations.js';
import { icon } from '../icons.js';
import { iconOf } from '../verdicts.js';

const MAX_DOTS = 20;

/** What is not there; undefined while nobody knows yet. */
const none = (value, key) => t(value === undefined ? 'chart.loading' : key);

/** The echo train: every echo a dot. */
export function echo(icmp) {
  if (!icmp) {
    return card(t('detail.echo'), null, h('p', { class: 'hint' }, none(icmp, 'detail.notMeasured')));
  }
  const mood = icmp.status === 'SUCCESS' ? 'good' : icmp.status === 'LOSS' ? 'fair' : 'bad';
  const dots = Array.from({ length: Math.min(icmp.sent, MAX_DOTS) }, (_, i) => h('i', { class: i < icmp.received ? 'hit' : 'miss' }));
  return card(t('detail.echo'), mood,
    h('p', { class: 'result' }, said('icmp', icmp.status)),
    icmp.sent > 0 && h('p', { class: 'dots' }, h('span', { 'aria-hidden': 'true' }, dots), t('detail.answered', { received: icmp.received, sent: icmp.sent })),
    icmp.reason !== 'OK' && icmp.reason !== icmp.status && h('p', null, said('reason', icmp.reason)),
    icmp.rttAvgMs !== null && h('p', null, t('detail.rttValues', {
      min: number(icmp.rttMinMs, 2), avg: number(icmp.rttAvgMs, 2), max: number(icmp.rttMaxMs, 2),
    })),
    h('p', { class: 'hint' }, t('detail.checkedAt', { time: moment(Date.parse(icmp.checkedAt)) })));
}

export function stream(hls) {
  if (!hls) {
    return card(t('detail.stream'), null, h('p', { class: 'hint' }, none(hls, 'detail.notMeasured')));
  }
  const mood = hls.status !== 'SUCCESS' ? 'bad' : hls.reason === 'OK' || hls.reason === 'FRESHNESS_UNPROVEN' ? 'good' : 'fair';
  return card(t('detail.stream'), mood,
    h('p', { class: 'result' }, said('hls', hls.status)),
    hls.reason !== 'OK' && h('p', null, said('reason', hls.reason)),
    pairs([
      [t('detail.http'), hls.httpStatus],
      [t('detail.sequence'), hls.mediaSequence === null || hls.mediaSequence === undefined ? null : `#${hls.mediaSequence}`],
      [t('detail.target'), hls.targetDurationSeconds && t('lasting.s', { figure: number(hls.targetDurationSeconds, 1) })],
      [t('detail.latency'), hls.latencyMs === null || hls.latencyMs === undefined ? null : `${number(hls.latencyMs)} ms`],
      [t('detail.detail'), hls.detail],
      [t('detail.warnings'), (hls.warnings ?? []).map((code) => said('reason', code)).join(', ')],
    ]),
    h('p', { class: 'hint' }, t('detail.checkedAt', { time: moment(Date.parse(hls.checkedAt)) })));
}

export function history(transitions) {
  return h('section', { class: 'history' }, h('h3', null, t('detail.history')),
    transitions?.length
      ? h('ol', null, transitions.map((step, i) => past(step, transitions[i - 1])))
      : h('p', { class: 'hint' }, none(transitions, 'detail.noHistory')));
}

/** Newest first, so the one before in the list came after. */
function past(step, later) {
  const at = Date.parse(step.occurredAt);
  const lasted = later ? Date.parse(later.occurredAt) - at : null;
  return h('li', { data: { verdict: step.to } },
    h('span', { class: 'what' }, icon(iconOf(step.to)), t(`verdict.${step.to}`)),
    h('time', { datetime: step.occurredAt }, dateTime(at)),
    h('span', { class: 'why' }, said('reason', step.reason), lasted === null ? '' : ` · ${span(lasted)}`));
}

export function facts(camera) {
  return h('section', { class: 'facts' }, h('h3', null, t('detail.facts')), pairs([
    [t('detail.address'), camera.address],
    [t('detail.district'), camera.district],
    [t('detail.line'), camera.line],
    [t('detail.site'), camera.site],
    [t('detail.vendor'), camera.vendor],
    [t('detail.zone'), camera.zone],
    [t('camera.place'), Number.isFinite(camera.latitude) ? `${degrees(camera.latitude)}, ${degrees(camera.longitude)}` : t('report.none')],
    [t('detail.ip'), camera.ip],
    [t('detail.url'), camera.hlsUrl],
    [t('detail.interval'), camera.interval && lasting(secondsOf(camera.interval) * 1000)],
    [t('detail.probes'), [camera.probes.icmp && t('detail.echo'), camera.probes.hls && t('detail.stream')].filter(Boolean).join(' · ')],
  ]));
}

/** A tenth of a metre is near enough. */
const degrees = (value) => String(Number(value.toFixed(6)));

function card(title, mood, ...content) {
  return h('article', { class: `card ${mood ?? ''}` }, h('h3', null, title), content);
}

function pairs(list) {
  return h('dl', { class: 'pairs' }, list
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => [h('dt', null, name), h('dd', null, String(value))]));
}

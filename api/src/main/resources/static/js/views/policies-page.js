import { all } from '../api.js';
import { h } from '../dom.js';
import { secondsOf } from '../durations.js';
import { lasting, number, said, t } from '../i18n/i18n.js';
import { WEEKDAYS } from '../slots.js';
import './policy-trial.js';
import { known, RecordsView, tags } from './records-view.js';

const KINDS = ['LINE', 'CAMERA', 'STREAM_SERVER', 'DEGRADED'];
const SEVERITIES = ['MINOR', 'MAJOR', 'CRITICAL'];
const ROLES = ['LINE_OPERATOR', 'CAMERA_VENDOR', 'STREAM_OPERATOR', 'CONTROL_ROOM'];
const CHANNELS = ['inbox', 'webhook', 'slack', 'email', 'sms', 'kakao'];
const STEP = 10;
const FIRST = 100;

/** Who is told of which faults, when, and who if nobody takes it up; and what would come of a fault. */
class PoliciesPage extends RecordsView {
  path = '/api/policies';
  name = 'policies';
  #recipients = new Map();

  around(table) {
    this.trial = h('policy-trial', null);
    return h('div', { class: 'policy-desk' }, table, this.trial);
  }

  async prepare() {
    const items = await all('/api/recipients');
    this.#recipients = new Map(items.map(({ id, name }) => [id, name || id]));
  }

  /** What was saved is tried at once. */
  loaded() {
    this.trial.run();
  }

  columns() {
    return [
      { label: t('policy.name'), show: ({ name, priority }) => [h('span', { class: 'rank', title: t('policy.priority') }, number(priority)), name] },
      { label: t('policy.match'), show: ({ match }) => tags(matched(match), t('policy.any')) },
      { label: t('policy.tell'), show: ({ tell }) => tags(this.#audience(tell), t('policy.responsible')) },
      { label: t('policy.further'), show: (policy) => tags(further(policy), '–') },
      { label: t('recipient.state'), show: ({ enabled }) => h('b', { class: `state ${enabled ? 'state-SENT' : ''}` }, t(enabled ? 'form.on' : 'form.off')) },
    ];
  }

  #audience({ recipients, roles, channels }) {
    const who = [...recipients.map((id) => this.#recipients.get(id) ?? id), ...roles.map((role) => said('role', role))];
    const on = channels.map((type) => said('channel', type)).join(', ');
    return [...(who.length || !on ? who : [t('policy.responsible')]), ...(on ? [t('policy.on', { channels: on })] : [])];
  }

  initial() {
    return { priority: this.items.length ? Math.max(...this.items.map(({ priority }) => priority)) + STEP : FIRST };
  }

  fields(fresh) {
    return [
      { name: 'name', label: t('policy.name'), required: true },
      ...(fresh ? [{ name: 'id', label: t('form.id'), hint: t('form.idHint') }] : []),
      { name: 'priority', type: 'number', label: t('policy.priority'), min: '0', max: '1000000', hint: t('policy.priorityHint') },
      { name: 'enabled', type: 'check', label: t('policy.enabled'), initial: true },
      { name: 'match', heading: t('policy.match'), hint: t('policy.matchHint') },
      { name: 'match.kinds', type: 'choices', label: t('policy.kinds'), options: options('kind', KINDS) },
      { name: 'match.severities', type: 'choices', label: t('policy.severities'), options: options('severity', SEVERITIES) },
      { name: 'match.lines', type: 'list', label: t('recipient.lines'), suggestions: known('line'), placeholder: t('recipient.all') },
      { name: 'match.vendors', type: 'list', label: t('recipient.vendors'), suggestions: known('vendor'), placeholder: t('recipient.all') },
      { name: 'match.districts', type: 'list', label: t('recipient.districts'), suggestions: known('district'), placeholder: t('recipient.all') },
      { name: 'match.cameras', type: 'list', label: t('nav.cameras'), suggestions: known('id'), placeholder: t('recipient.all') },
      { name: 'tell', heading: t('policy.tell'), hint: t('policy.tellHint') },
      ...this.#audienceFields(),
      { heading: t('policy.further'), hint: t('policy.furtherHint') },
      { name: 'reminders', type: 'part', label: t('policy.reminders'), fields: [
        { name: 'after', type: 'lasting', label: t('policy.after'), required: true, initial: 'PT30M' },
        { name: 'every', type: 'lasting', label: t('policy.every'), hint: t('policy.everyHint') },
        { name: 'most', type: 'number', label: t('policy.most'), min: '1', max: '100' },
      ] },
      { name: 'escalations', type: 'parts', label: t('policy.escalations'), one: t('policy.step'), more: t('policy.addStep'), fields: [
        { name: 'after', type: 'lasting', label: t('policy.after'), required: true, initial: 'PT1H' }, ...this.#audienceFields(),
      ] },
      { name: 'quietHours', type: 'part', label: t('policy.quiet'), fields: [
        { name: 'from', type: 'time', label: t('policy.from'), required: true, initial: '22:00' },
        { name: 'to', type: 'time', label: t('policy.to'), required: true, initial: '07:00' },
        { name: 'days', type: 'choices', label: t('policy.days'), options: options('weekday', WEEKDAYS), hint: t('policy.daysHint') },
        { name: 'zone', label: t('policy.zone'), initial: 'Asia/Seoul', suggestions: Intl.supportedValuesOf('timeZone') },
        { name: 'breakThrough.severities', type: 'choices', label: t('policy.breakSeverities'), options: options('severity', SEVERITIES) },
        { name: 'breakThrough.kinds', type: 'choices', label: t('policy.breakKinds'), options: options('kind', KINDS) },
      ] },
      { name: 'degraded', type: 'part', label: t('policy.degraded'), fields: [
        { name: 'opensIssue', type: 'check', label: t('policy.opensIssue'), initial: true },
        { name: 'afterRounds', type: 'number', label: t('policy.afterRounds'), min: '1', max: '50', initial: 1 },
      ] },
    ];
  }

  #audienceFields() {
    return [
      { name: 'tell.recipients', type: 'choices', label: t('nav.recipients'), options: [...this.#recipients], none: t('policy.noRecipients') },
      { name: 'tell.roles', type: 'choices', label: t('policy.roles'), options: options('role', ROLES) },
      { name: 'tell.channels', type: 'choices', label: t('policy.channels'), options: options('channel', CHANNELS) },
    ];
  }

  written({ id, ...rest }) {
    return id ? { id, ...rest } : rest;
  }
}

const options = (prefix, values) => values.map((value) => [value, said(prefix, value)]);

const matched = ({ kinds, severities, lines, vendors, districts, cameras }) =>
  [...kinds.map((kind) => said('kind', kind)), ...severities.map((severity) => said('severity', severity)), ...few(lines), ...few(vendors), ...few(districts), ...few(cameras)];

const few = (values) => (values.length > 3 ? [...values.slice(0, 2), `+${number(values.length - 2)}`] : values);

function further({ reminders, escalations, quietHours, degraded }) {
  const after = (text) => lasting(secondsOf(text) * 1000);
  return [
    reminders && t('policy.remindsAfter', { span: after(reminders.after) }),
    ...escalations.map((step) => t('policy.escalatesAfter', { span: after(step.after) })),
    quietHours && t('policy.quietFrom', { from: quietHours.from.slice(0, 5), to: quietHours.to.slice(0, 5) }),
    degraded && t(degraded.opensIssue ? 'policy.degradedAfter' : 'policy.degradedNever', { count: number(degraded.afterRounds) }),
  ].filter(Boolean);
}

customElements.define('policies-page', PoliciesPage);

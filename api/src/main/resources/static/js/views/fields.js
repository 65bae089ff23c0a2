import { h } from '../dom.js';
import { secondsOf } from '../durations.js';
import { said, t, zone } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { fromField, toField } from '../words.js';

const CHANNELS = {
  inbox: [],
  webhook: [['url', 'url'], ['secret', 'secret']],
  slack: [['url', 'secret']],
  email: [['to', 'email']],
  sms: [['to', 'tel']],
  kakao: [['to', 'tel']],
};

/** An input for a field; its value is read again with `valueOf`. */
export function control(field, value) {
  const { name, type = 'text', required = false, fixed = false } = field;
  const common = { name, required, disabled: fixed };
  switch (type) {
    case 'choice':
      return h('select', common, field.options.map(([option, label]) => h('option', { value: option, selected: option === (value ?? field.initial) }, label)));
    case 'check':
      return h('label', { class: 'check' }, h('input', { ...common, required: false, type: 'checkbox', checked: value ?? field.initial ?? false }), h('span', null, field.label));
    case 'choices':
      return choices(field, value ?? field.initial ?? []);
    case 'list':
      return h('input', { ...common, value: (value ?? []).join(', '), autocomplete: 'off', list: field.suggestions ? suggestions(name, field.suggestions) : null, placeholder: field.placeholder ?? t('form.list') });
    case 'long':
      return h('textarea', { ...common, rows: '3', maxlength: '10000' }, value ?? '');
    case 'moment':
      return h('input', { ...common, type: 'datetime-local', value: toField(value ?? field.initial) });
    case 'time':
      return h('input', { ...common, type: 'time', value: String(value ?? field.initial ?? '').slice(0, 5) });
    case 'lasting':
      return lasting(common, field, value ?? field.initial);
    case 'part':
      return part(field, value);
    case 'parts':
      return parts(field, value ?? []);
    case 'channels':
      return channels(value ?? [{ type: 'inbox' }]);
    default:
      return h('input', { ...common, type, value: value ?? field.initial ?? '', autocomplete: type === 'password' ? 'new-password' : 'off', maxlength: '500', placeholder: field.placeholder ?? '', list: field.suggestions ? suggestions(name, field.suggestions) : null, min: field.min, max: field.max, step: field.step });
  }
}

/** A control with its label, its hint and a place for what is wrong with it. */
export function labelled(field, values) {
  const one = !['channels', 'check', 'choices', 'part', 'parts', 'lasting'].includes(field.type);
  const own = field.type === 'check' || field.type === 'part';
  return h(one ? 'label' : 'div', { class: `field field-${field.type ?? 'text'}`, data: { field: field.name } },
    !own && h('span', null, field.label, field.required && h('i', { 'aria-hidden': 'true' }, ' *')),
    control(field, at(values, field.name)),
    (field.hint || field.type === 'moment') && h('small', { class: 'hint' }, [field.hint, field.type === 'moment' && zone()].filter(Boolean).join(' · ')));
}

/** What the controls of these fields say; a dot in a name leads into a part. */
export function valuesOf(fields, root) {
  const values = {};
  for (const field of fields) {
    const place = field.name.split('.');
    const last = place.pop();
    let into = values;
    place.forEach((name) => (into = into[name] ??= {}));
    into[last] = valueOf(field, root);
  }
  return values;
}

/** The fields that say something else than they did. */
export const altered = (fields, before, now) =>
  fields.filter(({ name }) => JSON.stringify(at(before, name)) !== JSON.stringify(at(now, name))).map(({ name }) => name);

const at = (values, name) => name.split('.').reduce((value, part) => value?.[part], values);

/** Of the controls in a form, a part or one of many, those that are not of a part within it. */
const own = (root, selector) => [...root.querySelectorAll(selector)].filter((each) => each.parentElement.closest('[data-part], .part-one, form') === root);

function valueOf({ name, type = 'text', fields }, root) {
  const [input] = own(root, `[name="${name}"]`);
  switch (type) {
    case 'check':
      return input.checked;
    case 'choices':
      return own(root, `[name="${name}"]:checked`).map(({ value }) => value);
    case 'list':
      return input.value.split(',').map((word) => word.trim()).filter(Boolean);
    case 'moment':
      return fromField(input.value);
    case 'number':
      return input.value === '' ? null : Number(input.value);
    case 'lasting':
      return input.value === '' ? null : input.value + input.parentElement.querySelector('select').value;
    case 'part':
      return input.checked ? valuesOf(fields, own(root, `[data-part="${name}"]`)[0]) : null;
    case 'parts':
      return [...root.querySelectorAll(`[data-parts="${name}"] > fieldset`)].map((each) => valuesOf(fields, each));
    case 'channels':
      return [...root.querySelectorAll('.channel')].map(channelOf);
    default:
      return input.value === '' ? null : input.value;
  }
}

function choices({ name, options, label, none }, chosen) {
  const all = [...options, ...chosen.filter((value) => !options.some(([option]) => option === value)).map((value) => [value, value])];
  return h('div', { class: 'choices', role: 'group', 'aria-label': label }, all.map(([value, words]) =>
    h('label', { class: 'choice' }, h('input', { type: 'checkbox', name, value, checked: chosen.includes(value) }), h('span', null, words))),
  !all.length && none && h('span', { class: 'hint' }, none));
}

const UNITS = { m: 60, h: 3600, d: 86_400 };

/** A number and its unit, of a duration as the server writes it: PT1H30M. */
function lasting(common, { label }, value) {
  const seconds = secondsOf(value);
  const unit = seconds === null ? 'm' : Object.keys(UNITS).findLast((name) => seconds % UNITS[name] === 0) ?? 's';
  return h('span', { class: 'lasting' },
    h('input', { ...common, type: 'number', min: '1', step: '1', 'aria-label': label, value: seconds === null ? '' : String(seconds / (UNITS[unit] ?? 1)) }),
    h('select', { 'aria-label': t('form.unit') }, [...(unit === 's' ? ['s'] : []), ...Object.keys(UNITS)].map((name) => h('option', { value: name, selected: name === unit }, t(`form.unit.${name}`)))));
}

/** Fields that count only while they are switched on; null else. */
function part({ name, label, fields }, value) {
  const inside = h('div', { class: 'part-fields', data: { part: name }, hidden: !value }, fields.map((field) => labelled(field, value ?? {})));
  const able = (on) => {
    inside.hidden = !on;
    // what is hidden need not be filled in
    inside.querySelectorAll('input, select, textarea').forEach((input) => (input.disabled = !on));
  };
  able(Boolean(value));
  return h('div', { class: 'part' }, h('label', { class: 'check' },
    h('input', { type: 'checkbox', name, checked: Boolean(value), on: { change: (event) => able(event.target.checked) } }), h('b', null, label)), inside);
}

/** As many of the same as are wanted. */
function parts({ name, fields, one, more }, values) {
  const list = h('div', { class: 'parts', data: { parts: name } });
  const add = (value) => {
    const element = h('fieldset', { class: 'part-one' },
      h('legend', null, one),
      fields.map((field) => labelled(field, value)),
      h('button', { type: 'button', class: 'ghost square', title: t('form.remove'), 'aria-label': `${t('form.remove')}: ${one}`, on: { click: () => element.remove() } }, icon('close')));
    list.insertBefore(element, button);
    return element;
  };
  const button = h('button', { type: 'button', class: 'quiet', on: { click: () => add({}).querySelector('input')?.focus() } }, icon('plus'), more);
  list.append(button);
  values.forEach(add);
  return list;
}

function suggestions(name, values) {
  const id = `suggest-${name}`;
  document.getElementById(id)?.remove();
  document.body.append(h('datalist', { id }, values.slice(0, 500).map((value) => h('option', { value }))));
  return id;
}

/** The ways to a recipient; a secret that is there already is never shown, and kept where nothing is written. */
function channels(given) {
  const list = h('div', { class: 'channels' });
  const more = h('select', { 'aria-label': t('channel.add'), on: { change: () => { list.insertBefore(channel({ type: more.value }, false), more); more.value = ''; } } },
    h('option', { value: '' }, t('channel.add')), Object.keys(CHANNELS).map((type) => h('option', { value: type }, said('channel', type))));
  list.append(...given.map((each) => channel(each, true)), more);
  return list;
}

function channel(value, stored) {
  const element = h('fieldset', { class: 'channel', data: { type: value.type } },
    h('legend', null, said('channel', value.type)),
    CHANNELS[value.type]?.map(([name, kind]) => h('label', { class: 'field' }, h('span', null, t(`channel.${value.type}.${name}`)), h('input', kind === 'secret'
      ? { type: 'password', autocomplete: 'new-password', maxlength: '2000', placeholder: stored ? t('channel.kept') : '', data: { name } }
      : { type: kind, value: value[name] ?? '', autocomplete: 'off', maxlength: '2000', required: true, data: { name } }))),
    h('button', { type: 'button', class: 'ghost square', title: t('form.remove'), 'aria-label': `${t('form.remove')}: ${said('channel', value.type)}`, on: { click: () => element.remove() } }, icon('close')));
  return element;
}

function channelOf(element) {
  const value = { type: element.dataset.type };
  for (const input of element.querySelectorAll('input')) {
    if (input.value) {
      value[input.dataset.name] = input.value;
    }
  }
  return value;
}

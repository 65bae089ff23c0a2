import { h } from '../dom.js';
import { said, t } from '../i18n/i18n.js';
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
    case 'list':
      return h('input', { ...common, value: (value ?? []).join(', '), autocomplete: 'off', list: field.suggestions ? suggestions(name, field.suggestions) : null, placeholder: field.placeholder ?? t('form.list') });
    case 'long':
      return h('textarea', { ...common, rows: '3', maxlength: '10000' }, value ?? '');
    case 'json':
      return h('textarea', { ...common, rows: '8', spellcheck: 'false', class: 'mono' }, JSON.stringify(value ?? field.initial ?? {}, null, 2));
    case 'moment':
      return h('input', { ...common, type: 'datetime-local', value: toField(value ?? field.initial) });
    case 'channels':
      return channels(value ?? [{ type: 'inbox' }]);
    default:
      return h('input', { ...common, type, value: value ?? field.initial ?? '', autocomplete: type === 'password' ? 'new-password' : 'off', maxlength: '500', placeholder: field.placeholder ?? '' });
  }
}

export function valueOf({ name, type = 'text' }, form) {
  const input = form.elements[name];
  switch (type) {
    case 'check':
      return input.checked;
    case 'list':
      return input.value.split(',').map((word) => word.trim()).filter(Boolean);
    case 'moment':
      return fromField(input.value);
    case 'number':
      return input.value === '' ? null : Number(input.value);
    case 'json':
      return JSON.parse(input.value);
    case 'channels':
      return [...form.querySelectorAll('.channel')].map(channelOf);
    default:
      return input.value === '' ? null : input.value;
  }
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

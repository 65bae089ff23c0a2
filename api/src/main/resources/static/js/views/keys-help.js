import { h } from '../dom.js';
import { t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { store } from '../store.js';

const ARROWS = ['←', '↑', '↓', '→'];

/** Keys and what they do, by where. */
const GROUPS = () => [
  ['everywhere', [[['1', '…', '9'], 'pages'], [['/'], 'search'], [['Esc'], 'close'], [['?'], 'this']]],
  ['list', [[['↑', '↓'], 'walk'], [['Enter'], 'open'], [['PgUp', 'PgDn', 'Home', 'End'], 'ends'], ...(['OPERATOR', 'ADMIN'].includes(store.role) ? [[['N'], 'new']] : [])]],
  ['camera', [...(store.works ? [[['C'], 'check']] : []), ...(store.role === 'ADMIN' ? [[['E'], 'edit']] : []), ...(store.role === 'RECIPIENT' ? [] : [[['M'], 'onMap']]), [['←', '→'], 'chart']]],
  ...(store.role === 'RECIPIENT' ? [] : [
    ['map', [[ARROWS, 'move'], [['+', '−'], 'zoom'], [['0'], 'fit'], [['Enter'], 'middle']]],
    ['wall', [[['F'], 'full']]],
  ]),
];

/** Shows which keys there are, over all else; once. */
export function helpWithKeys() {
  if (document.querySelector('dialog[open]')) {
    return;
  }
  const before = document.activeElement;
  const dialog = h('dialog', { class: 'keys', 'aria-label': t('help.title'), on: {
    close: () => { dialog.remove(); before?.focus?.(); },
    click: (event) => event.target === dialog && dialog.close(),
  } },
  h('div', { class: 'keys-body' },
    h('header', null, h('h2', null, t('help.title')),
      h('button', { type: 'button', class: 'ghost square', title: t('detail.close'), 'aria-label': t('detail.close'), on: { click: () => dialog.close() } }, icon('close'))),
    h('div', { class: 'keys-groups' }, GROUPS().map(([name, keys]) => h('section', null, h('h3', null, t(`help.${name}`)),
      h('dl', null, keys.map(([names, does]) => h('div', null, h('dt', null, names.map((key) => (key === '…' ? '…' : h('kbd', null, key)))), h('dd', null, t(`help.${does}`))))))))));
  document.body.append(dialog);
  dialog.showModal();
}

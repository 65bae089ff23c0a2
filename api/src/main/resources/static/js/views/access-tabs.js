import { h } from '../dom.js';
import { t } from '../i18n/i18n.js';
import { here } from '../router.js';
import { store } from '../store.js';

const TABS = [['access', 'access.mine'], ['users', 'nav.users', 'ADMIN'], ['audit', 'nav.audit', 'ADMIN']];

/** From one's own access to everybody's, for who may see that. */
export function accessTabs() {
  const shown = TABS.filter(([, , role]) => !role || role === store.role);
  return shown.length > 1 && h('nav', { class: 'tabs', 'aria-label': t('nav.access') }, shown.map(([page, words]) =>
    h('a', { href: `/${page}`, 'aria-current': here().page === page ? 'page' : null }, t(words))));
}

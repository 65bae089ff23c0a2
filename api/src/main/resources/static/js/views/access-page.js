import { all, post, put, remove } from '../api.js';
import { h, fill, sure, View } from '../dom.js';
import { day, said, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { here, put as putParams, route } from '../router.js';
import { store } from '../store.js';
import { words } from '../words.js';
import { accessTabs } from './access-tabs.js';
import './record-form.js';

const RANKS = ['VIEWER', 'OPERATOR', 'ADMIN'];
const DAYS = ['1', '30', '90', '365'];
const DAY = 86_400_000;
const COPIED_MILLIS = 4000;

/** One's own access: the password, and the keys of one's scripts. */
class AccessPage extends View {
  #tokens = null;
  #failure = null;

  draw() {
    this.place = h('div', { class: 'table-place' });
    this.drawer = h('div', { class: 'drawer-place' });
    fill(this,
      h('header', { class: 'page-head' }, h('h1', null, t('nav.access')), accessTabs(), h('p', { class: 'page-hint' }, t('token.hint')),
        h('button', { type: 'button', class: 'quiet', data: { opens: 'password' }, on: { click: () => putParams({ edit: 'password' }) } }, icon('key'), t('password.change')),
        h('button', { type: 'button', class: 'primary', data: { first: '', opens: 'new' }, on: { click: () => putParams({ edit: 'new' }) } }, icon('plus'), t('token.new'))),
      this.place, this.drawer);
    this.#load();
    this.#follow();
  }

  start() {
    this.on(route, 'change', () => this.#follow());
  }

  async #load() {
    try {
      this.#tokens = await all('/api/tokens');
      this.#failure = null;
    } catch (problem) {
      this.#failure = words(problem);
    }
    this.isConnected && this.#show();
  }

  #show() {
    if (this.#failure || !this.#tokens?.length) {
      fill(this.place, h('div', { class: `message ${this.#failure ? 'bad' : ''}` }, h('p', null, this.#failure ?? t(this.#tokens ? 'token.empty' : 'chart.loading')),
        this.#failure && h('button', { type: 'button', on: { click: () => this.#load() } }, t('list.retry'))));
      return;
    }
    const all = this.#tokens.some(({ account }) => account !== store.user);
    const heads = ['name', ...(all ? ['account'] : []), 'role', 'expires', 'used', 'revoke'];
    const tokens = this.#tokens.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    fill(this.place, h('table', { class: 'table' },
      h('thead', null, h('tr', null, heads.map((name) => h('th', { scope: 'col' }, name === 'revoke' ? h('span', { class: 'unseen' }, t('token.revoke')) : t(`token.${name}`))))),
      h('tbody', null, tokens.map((token) => row(token, all, (button) => this.#revoke(token, button))))));
  }

  /** Asks once more, in place. */
  async #revoke(token, button) {
    if (!sure(button, t('token.sure'))) {
      return;
    }
    button.disabled = true;
    try {
      await remove(`/api/tokens/${encodeURIComponent(token.id)}`);
      await this.#load();
    } catch (problem) {
      button.after(h('small', { class: 'note bad', role: 'alert' }, words(problem)));
    }
  }

  #follow() {
    const wanted = here().page === 'access' ? here().params.get('edit') : null;
    if (wanted === this.drawer.dataset.shown) {
      return;
    }
    const left = this.drawer.dataset.shown;
    this.drawer.dataset.shown = wanted;
    fill(this.drawer, wanted === 'new' ? this.#fresh() : wanted === 'password' ? this.#password() : null);
    // who closes a drawer goes on where it was opened
    wanted ?? this.querySelector(`[data-opens="${left}"]`)?.focus({ preventScroll: true });
  }

  #fresh() {
    const roles = RANKS.includes(store.role) ? RANKS.slice(0, RANKS.indexOf(store.role) + 1) : [store.role];
    return h('record-form', {
      heading: t('token.new'),
      fields: [
        { name: 'name', label: t('token.name'), required: true, placeholder: t('token.example') },
        { name: 'role', type: 'choice', label: t('token.role'), initial: roles[0], options: roles.map((role) => [role, `${said('access', role)} · ${t(`access.may.${role}`)}`]) },
        { name: 'expiresAt', type: 'choice', label: t('token.lasts'), initial: '90', options: DAYS.map((days) => [days, t(`token.days${days}`)]) },
      ],
      onclosed: () => putParams({ edit: null }),
      onsave: async ({ name, role, expiresAt }) => {
        const made = await post('/api/tokens', { name, role, expiresAt: new Date(Date.now() + Number(expiresAt) * DAY).toISOString() });
        fill(this.drawer, shownOnce(made, () => putParams({ edit: null })));
        this.drawer.querySelector('.primary').focus();
        await this.#load();
      },
    });
  }

  #password() {
    return h('record-form', {
      heading: t('password.change'), hint: t('password.hint'),
      fields: [
        { name: 'current', type: 'password', label: t('password.present'), required: true },
        { name: 'password', type: 'password', label: t('user.newPassword'), required: true, hint: t('user.passwordHint') },
      ],
      onclosed: () => putParams({ edit: null }),
      onsave: async (body) => {
        await put('/api/session/password', body);
        // all sessions of the old one are over
        store.dispatchEvent(new Event('signedout'));
      },
    });
  }
}

function row(token, all, revoke) {
  const cell = (name, ...content) => h('td', { data: { label: t(`token.${name}`) } }, content);
  const over = Date.parse(token.expiresAt) < Date.now();
  return h('tr', { class: over ? 'off' : '' },
    h('th', { scope: 'row' }, token.name),
    all && cell('account', token.account),
    cell('role', said('access', token.role)),
    cell('expires', over ? h('b', { class: 'state' }, t('token.over')) : day(Date.parse(token.expiresAt))),
    cell('used', token.lastUsedAt ? day(Date.parse(token.lastUsedAt)) : t('token.never')),
    h('td', { class: 'cell-do' }, h('button', { type: 'button', class: 'quiet danger', on: { click: (event) => revoke(event.currentTarget) } }, icon('trash'), t('token.revoke'))));
}

/** The only time that the key itself is seen. */
function shownOnce({ name, token }, closed) {
  const example = `curl -H 'Authorization: Bearer ${token}' ${location.origin}/api/${store.role === 'RECIPIENT' ? 'inbox' : 'status'}`;
  return h('section', { class: 'drawer', role: 'dialog', 'aria-label': t('token.made'), tabindex: '-1', on: { keydown: (event) => event.key === 'Escape' && (event.preventDefault(), closed()) } }, h('div', { class: 'drawer-body' },
    h('header', { class: 'drawer-head' }, h('div', { class: 'drawer-top' }, h('h2', null, name),
      h('button', { type: 'button', class: 'ghost square drawer-close', title: t('detail.close'), 'aria-label': t('detail.close'), on: { click: closed } }, icon('close'))),
    h('p', { class: 'because' }, icon('warn'), ' ', t('token.once'))),
    h('div', { class: 'form' }, copied(t('token.key'), token, 'primary'), copied(t('token.try'), example, 'quiet'))));
}

function copied(label, text, look) {
  const button = h('button', { type: 'button', class: look, on: { click: async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // a page that did not come by https may not: chosen, it is copied by the keyboard
      getSelection().selectAllChildren(box);
      button.lastChild.textContent = t('token.chosen');
      return;
    }
    button.lastChild.textContent = t('token.copied');
    setTimeout(() => (button.lastChild.textContent = t('token.copy')), COPIED_MILLIS);
  } } }, icon('copy'), t('token.copy'));
  const box = h('code', { class: 'secret mono', tabindex: '0' }, text);
  return h('div', { class: 'field' }, h('span', null, label), box, h('div', { class: 'form-actions' }, button));
}

customElements.define('access-page', AccessPage);

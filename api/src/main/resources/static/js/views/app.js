import { get, session, signOut } from '../api.js';
import { h, fill, View } from '../dom.js';
import { lang, language, t } from '../i18n/i18n.js';
import { mark } from '../icons.js';
import { Live } from '../live.js';
import { OwnLive } from '../own-live.js';
import { isFor, offered, pageOf } from '../pages.js';
import { back, follow, go, here, route } from '../router.js';
import { store } from '../store.js';
import './header.js';
import './login.js';
import { helpWithKeys } from './keys-help.js';
import './nav.js';

const AGAIN_MILLIS = 3000;
/** Written when somebody signs in: the other pages of this browser hear of it. */
const ENTERED = 'cctvout.entered';
/** A wall that only listens stays signed in. */
const STAY_MILLIS = 600_000;

/** The whole page: the login while nobody is known, else header, navigation and what the address names. */
class App extends View {
  #live = null;
  #known = null;
  #page = null;
  #shown = 0;
  /** Why somebody who was in has to sign in again. */
  #said = '';
  /** The server did not say who this is: not the moment to ask for a password. */
  #waits = true;
  /** A page is due whose code could not be had. */
  #missed = false;

  draw() {
    this.#title();
  }

  start() {
    this.on(language, 'change', () => this.#show());
    this.on(store, 'cameras', () => this.#title(), 500);
    this.on(store, 'connection', () => this.#missed && store.connection.state === 'live' && this.#turn());
    this.on(store, 'signedout', () => this.#leave('login.changed'));
    this.on(route, 'change', () => this.#turn());
    this.on(globalThis, 'storage', ({ key }) => key === ENTERED && this.#join());
    this.on(globalThis, 'focus', () => this.#join());
    this.on(document, 'click', follow);
    this.on(document, 'keydown', (event) => this.#key(event));
    this.every(STAY_MILLIS, () => this.#stay());
    this.#enter();
  }

  async #stay() {
    try {
      this.#known && (await session());
    } catch (problem) {
      problem.status === 401 && this.#leave('problem.401');
    }
  }

  /** Somebody may have signed in on another page of this browser. */
  async #join() {
    try {
      this.#known || this.#waits || ((await session()) && !this.#known && this.#enter());
    } catch {
      // nobody did
    }
  }

  async #enter() {
    try {
      this.#known = await session();
      store.role = this.#known.role ?? 'ADMIN';
      store.user = this.#known.user;
      store.dashboard = await get('/api/dashboard');
      this.#waits = false;
    } catch (problem) {
      this.#known = null;
      this.#waits = problem.status !== 401;
      this.#waits && setTimeout(() => this.#enter(), AGAIN_MILLIS);
    }
    if (this.#known && here().path === '/login') {
      go('/', { replace: true });
    }
    this.#show();
    if (this.#known) {
      this.#live?.stop();
      this.#live = new (store.role === 'RECIPIENT' ? OwnLive : Live)(() => this.#leave('problem.401'));
      this.#live.start();
    }
  }

  #leave(said = '') {
    this.#said = said;
    this.#live?.stop();
    this.#live = null;
    this.#known = null;
    store.connect('connecting');
    store.clear();
    this.#show();
  }

  #entered() {
    try {
      localStorage.setItem(ENTERED, String(Date.now()));
    } catch {
      // the others hear of it when they are looked at
    }
    this.#enter();
  }

  async #signOut() {
    await signOut().catch(() => {});
    this.#leave();
  }

  #show() {
    this.#title();
    this.#page = null;
    if (!this.#known) {
      document.querySelector('dialog[open]')?.close();
      fill(this, this.#waits ? away() : h('login-form', { said: this.#said, onentered: () => this.#entered() }));
      return;
    }
    const pages = offered(store.dashboard.features, store.role);
    fill(this,
      h('a', { class: 'skip', href: '#page', on: { click: (event) => this.#skip(event) } }, t('app.skip')),
      h('app-header', {
        user: this.#known.security === false ? '' : this.#known.user,
        onsignout: () => this.#signOut(),
      }),
      h('div', { class: 'body' },
        h('app-nav', { pages }),
        this.main = h('main', { id: 'page', tabindex: '-1' })));
    this.#turn();
  }

  /** Shows what the address names; an element that already shows that page hears of it by itself. */
  async #turn() {
    if (!this.#known) {
      return;
    }
    const page = pageOf(here());
    const allowed = page && isFor(page, store.role, here().id !== null);
    if (allowed && page === this.#page) {
      return;
    }
    this.#page = allowed ? page : null;
    this.#missed = false;
    const turn = ++this.#shown;
    let content = h('div', { class: 'message' }, h('h1', null, t(page ? 'app.notAllowed' : 'app.noPage')), h('a', { class: 'button', href: '/' }, t(store.role === 'RECIPIENT' ? 'nav.inbox' : 'app.home')));
    if (allowed) {
      try {
        await page.load();
        content = h(`${page.name}-page`, null);
      } catch (unreachable) {
        this.#page = null;
        this.#missed = true;
        content = h('div', { class: 'message bad' }, h('p', null, t('app.noModule')),
          h('button', { type: 'button', on: { click: () => this.#turn() } }, t('list.retry')));
      }
    }
    if (turn === this.#shown) {
      fill(this.main, content);
      this.main.setAttribute('aria-label', page ? t(`nav.${page.nav ?? page.name}`) : t('app.noPage'));
      // what had the focus is gone with its page: the keyboard goes on in the new one
      document.activeElement === document.body && this.main.focus({ preventScroll: true });
      this.#title();
    }
  }

  #skip(event) {
    event.preventDefault();
    (this.main.querySelector('[data-first]') ?? this.main).focus();
  }

  #title() {
    const page = this.#known && pageOf(here());
    const faults = store.faults();
    document.title = `${faults ? `(${faults}) ` : ''}${page ? `${t(`nav.${page.nav ?? page.name}`)} · ` : ''}CCTV Out · ${t('app.tagline')}`;
  }

  #key(event) {
    // nor does a key that was meant for a form lead away from what is written in it
    const writing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName) || Boolean(document.activeElement?.closest('record-form'));
    if (!this.#known || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
      return;
    }
    if (event.key === 'Escape' && !writing && here().id !== null) {
      event.preventDefault();
      back(isFor(pageOf({ page: here().page, id: null }), store.role) ? `/${here().page}` : '/');
    } else if (event.key === '/' && !writing) {
      const box = this.main.querySelector('.search input');
      event.preventDefault();
      box ? box.focus() : go('/cameras?find');
    } else if (/^[1-9]$/.test(event.key) && !writing) {
      const page = offered(store.dashboard.features, store.role)[Number(event.key) - 1];
      page && go(`/${page.name}`);
    } else if (event.key === '?' && !writing) {
      event.preventDefault();
      helpWithKeys();
    } else if (event.code?.startsWith('Key') && !writing && !event.shiftKey && !event.repeat) {
      this.#press(event);
    }
  }

  /** By the place of the key: who writes Hangul just now presses the same. */
  #press(event) {
    const button = this.main.querySelector(`[data-key="${event.code.slice(3).toLowerCase()}"]:not(:disabled)`);
    if (button && button.getClientRects().length) {
      event.preventDefault();
      button.click();
    }
  }
}

const away = () => h('div', { class: 'message', role: 'status' }, mark(), h('h1', null, 'CCTV Out'), h('p', null, t('app.away')));

customElements.define('cctv-app', App);
document.documentElement.lang = lang();

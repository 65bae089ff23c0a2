import { session, signOut } from '../api.js';
import { h, fill, View } from '../dom.js';
import { lang, language, t } from '../i18n/i18n.js';
import { Live } from '../live.js';
import { store } from '../store.js';
import './camera-list.js';
import './detail.js';
import './engine-strip.js';
import './feed.js';
import './header.js';
import './issues.js';
import './login.js';
import './tiles.js';

/** The whole page: the login while nobody is known, else the control room. */
class App extends View {
  #live = null;
  #known = null;
  #tab = 'cameras';

  draw() {
    document.title = `CCTV Out · ${t('app.tagline')}`;
  }

  start() {
    this.on(language, 'change', () => this.#show());
    this.on(store, 'filter', () => this.#count());
    this.on(store, 'cameras', () => this.#count());
    this.on(store, 'selected', () => this.#link());
    this.on(window, 'hashchange', () => this.#follow());
    this.on(document, 'keydown', (event) => this.#key(event));
    this.#enter();
  }

  async #enter() {
    try {
      this.#known = await session();
    } catch (problem) {
      if (problem.status !== 401) {
        setTimeout(() => this.#enter(), 3000);
      }
      this.#known = null;
    }
    if (this.#known && location.pathname !== '/') {
      history.replaceState(null, '', `/${location.hash}`);
    }
    this.#show();
    if (this.#known) {
      this.#live = new Live(() => this.#leave());
      this.#live.start();
      this.#follow();
    }
  }

  #leave() {
    this.#live?.stop();
    this.#live = null;
    this.#known = null;
    store.connect('connecting');
    this.#show();
  }

  async #signOut() {
    await signOut().catch(() => {});
    this.#leave();
  }

  #show() {
    this.draw();
    if (!this.#known) {
      fill(this, h('login-form', { onentered: () => this.#enter() }));
      return;
    }
    const header = h('app-header', {
      user: this.#known.security === false ? '' : this.#known.user,
      onsignout: () => this.#signOut(),
    });
    fill(
      this,
      h('a', { class: 'skip', href: '#list', on: { click: (event) => this.#skip(event) } }, t('app.skip')),
      header,
      h('main', { class: 'room', data: { tab: this.#tab } },
        h('section', { class: 'overview' }, h('verdict-tiles'), h('engine-strip')),
        this.#tabs(),
        h('camera-list', { id: 'list' }),
        h('aside', { class: 'side' }, h('live-feed'), h('issue-list')),
      ),
      h('camera-detail'),
    );
    this.#count();
  }

  #tabs() {
    const tab = (name) =>
      h('button', {
        type: 'button', role: 'tab', class: 'tab', 'aria-selected': String(this.#tab === name),
        on: { click: () => this.#choose(name) },
      }, t(`tab.${name}`));
    return h('div', { class: 'tabs', role: 'tablist' }, tab('cameras'), tab('feed'), tab('issues'));
  }

  #choose(name) {
    this.#tab = name;
    this.querySelector('.room').dataset.tab = name;
    this.querySelector('.tabs').replaceWith(this.#tabs());
  }

  #skip(event) {
    event.preventDefault();
    this.querySelector('.rows')?.focus();
  }

  #count() {
    const faults = store.faults();
    document.title = `${faults ? `(${faults}) ` : ''}CCTV Out · ${t('app.tagline')}`;
  }

  #link() {
    const hash = store.selected ? `#camera=${encodeURIComponent(store.selected)}` : '';
    if (location.hash !== hash) {
      history.replaceState(null, '', hash || location.pathname);
    }
  }

  #follow() {
    const match = /^#camera=(.+)$/.exec(location.hash);
    if (match) {
      store.select(decodeURIComponent(match[1]));
    }
  }

  #key(event) {
    if (event.key === 'Escape' && store.selected) {
      store.select(null);
    } else if (event.key === '/' && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName)) {
      const box = this.querySelector('.search input');
      if (box) {
        event.preventDefault();
        box.focus();
      }
    }
  }
}

customElements.define('cctv-app', App);
document.documentElement.lang = lang();

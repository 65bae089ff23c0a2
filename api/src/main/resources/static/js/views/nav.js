import { h, fill, View } from '../dom.js';
import { number, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { pageOf } from '../pages.js';
import { here, route } from '../router.js';
import { store } from '../store.js';

const FIRST_ON_PHONE = 4;

/** A rail on a desk, a bar below on a phone, where the rest stands behind "More". */
class AppNav extends View {
  pages = [];

  draw() {
    this.links = new Map();
    const list = h('ul', null, this.pages.map((page, i) => h('li', { class: i < FIRST_ON_PHONE ? '' : 'later' }, this.#link(page, i))));
    this.more = h('button', {
      type: 'button', class: 'nav-link nav-more', 'aria-expanded': 'false', on: { click: () => this.#open(!this.classList.contains('open')) },
    }, icon('more'), h('span', null, t('nav.more')));
    this.more.hidden = this.pages.length <= FIRST_ON_PHONE;
    fill(this, h('nav', { 'aria-label': t('nav.title') }, list, this.more));
    this.#mark();
    this.#count();
  }

  start() {
    this.on(route, 'change', () => this.#mark());
    this.on(store, 'status', () => this.#count());
    this.on(store, 'issues', () => this.#count(), 500);
    this.on(store, 'notices', () => this.#count(), 500);
    this.on(document, 'click', (event) => !this.contains(event.target) && this.#open(false));
    this.on(this, 'keydown', (event) => {
      if (event.key === 'Escape' && this.classList.contains('open')) {
        event.preventDefault();
        this.#open(false);
        this.more.focus();
      }
    });
  }

  #link({ name, icon: picture }, i) {
    const badge = h('b', { class: 'nav-count', hidden: true });
    const link = h('a', { class: 'nav-link', href: `/${name}`, title: i < 9 ? `${t(`nav.${name}`)} (${i + 1})` : t(`nav.${name}`) },
      icon(picture), h('span', null, t(`nav.${name}`)), badge);
    this.links.set(name, { link, badge });
    return link;
  }

  #mark() {
    const page = pageOf(here());
    for (const [name, { link }] of this.links) {
      const shown = page && name === (page.nav ?? page.name);
      shown ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
    }
    this.#open(false);
  }

  #count() {
    this.#badge('issues', store.status?.openIssues ?? store.issues.size);
    this.#badge('inbox', store.notices.filter(({ channel, status, readAt }) => channel === 'inbox' && status === 'SENT' && !readAt).length);
    this.#badge('outages', store.status?.openOutages ?? 0);
  }

  #badge(name, value) {
    const badge = this.links.get(name)?.badge;
    if (badge) {
      badge.hidden = !value;
      badge.textContent = value > 999 ? '999+' : number(value);
    }
  }

  #open(open) {
    this.classList.toggle('open', open);
    this.more?.setAttribute('aria-expanded', String(open));
  }
}

customElements.define('app-nav', AppNav);

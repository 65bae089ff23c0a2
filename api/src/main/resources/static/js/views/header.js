import { h, fill, write, View } from '../dom.js';
import { lang, moment, speak, t } from '../i18n/i18n.js';
import { icon, mark } from '../icons.js';
import { lostSince, store } from '../store.js';
import { helpWithKeys } from './keys-help.js';

class AppHeader extends View {
  user = '';
  onsignout = () => {};

  draw() {
    const dark = document.documentElement.dataset.theme === 'dark';
    this.state = h('span', { class: 'live', role: 'status' });
    this.updated = h('span', { class: 'updated' });
    fill(this,
      h('div', { class: 'bar' },
        h('div', { class: 'brand' }, mark(), h('strong', null, 'CCTV Out'), h('span', { class: 'tagline' }, t('app.tagline'))),
        h('div', { class: 'connection' }, this.state, this.updated),
        h('div', { class: 'tools' },
          this.#button('keys', `${t('help.title')} (?)`, () => helpWithKeys(), 'with-keys'),
          h('button', {
            type: 'button', class: 'ghost language', title: t('app.languageTitle'), lang: lang() === 'ko' ? 'en' : 'ko',
            on: { click: () => speak(lang() === 'ko' ? 'en' : 'ko') },
          }, t('app.language')),
          this.#button(dark ? 'sun' : 'moon', t(dark ? 'app.light' : 'app.dark'), () => this.#turn(dark ? 'light' : 'dark')),
          this.user && h('span', { class: 'user' }, this.user),
          this.user && this.#button('out', t('app.signOut'), () => this.onsignout()),
        ),
      ),
      this.lost = h('p', { class: 'lost', role: 'alert', hidden: true }),
    );
    this.#connection();
  }

  start() {
    this.on(store, 'connection', () => this.#connection());
    this.every(1000, () => this.#connection());
  }

  #button(name, label, action, more = '') {
    return h('button', { type: 'button', class: `ghost square ${more}`, title: label, 'aria-label': label, on: { click: action } }, icon(name));
  }

  #turn(theme) {
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem('cctvout.theme', theme);
    } catch {
      // not remembered then
    }
    this.draw();
  }

  #connection() {
    const { state, heardAt } = store.connection;
    if (this.state.dataset.state !== state || !this.state.textContent) {
      this.state.dataset.state = state;
      fill(this.state, h('i', { class: 'dot' }), t(`live.${state}`));
    }
    write(this.updated, heardAt ? t('live.updated', { time: moment(heardAt) }) : '');
    const lost = lostSince();
    this.lost.hidden = !lost;
    lost && write(this.lost, t('live.lost', { time: moment(lost) }));
  }
}

customElements.define('app-header', AppHeader);

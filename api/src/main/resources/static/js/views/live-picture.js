import { h, fill, View } from '../dom.js';
import { lang, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';

/** The picture as it is now: this browser fetches it from the camera, and only when asked to. */
class LivePicture extends View {
  url = '';

  draw() {
    this.says = h('p', { class: 'hint', role: 'status' });
    this.stage = h('div', { class: 'live-stage' });
    fill(this, h('section', { class: 'panel live-panel' },
      h('div', { class: 'panel-head' }, h('h2', null, t('live.picture')), h('span', { class: 'hint' }, t('live.pictureFrom'))),
      this.stage, this.says));
    this.#offer();
  }

  start() {
    this.on(window, 'message', (event) => {
      if (this.frame && event.source === this.frame.contentWindow) {
        this.#heard(String(event.data?.live ?? ''));
      }
    });
  }

  #offer() {
    this.frame = null;
    fill(this.stage, h('button', { type: 'button', class: 'live-start', on: { click: () => this.#play() } }, icon('play'), h('span', null, t('live.play'))));
  }

  #play() {
    this.says.textContent = t('live.opening');
    this.frame = h('iframe', {
      class: 'live-frame', title: t('live.picture'), sandbox: 'allow-scripts', allow: 'autoplay; fullscreen', lang: lang(),
      src: `/live#${encodeURIComponent(this.url)}`,
    });
    fill(this.stage, this.frame,
      h('button', { type: 'button', class: 'ghost live-stop', on: { click: () => { this.says.textContent = ''; this.#offer(); } } }, icon('close'), t('live.stop')));
  }

  #heard(state) {
    const mixed = location.protocol === 'https:' && this.url.startsWith('http:');
    this.says.textContent = state === 'playing' ? '' : state === 'failed' ? t(mixed ? 'live.mixed' : 'live.failed') : t('live.opening');
    this.classList.toggle('failed', state === 'failed');
  }
}

customElements.define('live-picture', LivePicture);

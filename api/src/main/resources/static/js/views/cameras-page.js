import { h, fill, View } from '../dom.js';
import { t } from '../i18n/i18n.js';
import './camera-list.js';
import './tiles.js';

/** Every camera, the worst on top. */
class CamerasPage extends View {
  draw() {
    fill(this, h('h1', { class: 'unseen' }, t('nav.cameras')), h('verdict-tiles', { filtering: true, class: 'slim' }), h('camera-list'));
  }
}

customElements.define('cameras-page', CamerasPage);

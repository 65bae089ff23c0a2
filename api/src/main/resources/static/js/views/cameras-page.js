import { h, fill, View } from '../dom.js';
import { t } from '../i18n/i18n.js';
import { cameraLink, go, here, put, route } from '../router.js';
import { store } from '../store.js';
import { cameraForm } from './camera-form.js';
import './camera-list.js';
import './tiles.js';

/** Every camera, the worst on top. */
class CamerasPage extends View {
  draw() {
    fill(this, h('h1', { class: 'unseen' }, t('nav.cameras')), h('verdict-tiles', { filtering: true, class: 'slim' }), h('camera-list'),
      this.drawer = h('div', { class: 'drawer-place' }));
    this.#follow();
  }

  start() {
    this.on(route, 'change', () => this.#follow());
  }

  #follow() {
    const wanted = here().page === 'cameras' && here().params.get('edit') === 'new' && store.role === 'ADMIN';
    if (!wanted) {
      const open = this.drawer.firstChild;
      fill(this.drawer);
      open && this.querySelector('[data-key=n]')?.focus({ preventScroll: true });
    } else if (!this.drawer.firstChild) {
      fill(this.drawer, cameraForm({
        camera: null,
        onclosed: () => put({ edit: null }),
        onsaved: (camera) => {
          store.register(camera);
          go(cameraLink(camera.id), { replace: true });
        },
      }));
    }
  }
}

customElements.define('cameras-page', CamerasPage);

import { h, fill, View } from '../dom.js';
import { FACETS, filterOf } from '../filter.js';
import { number, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { here, put, route } from '../router.js';
import { store } from '../store.js';

const MOST = 2000;
const CALM_MILLIS = 300;

/** Narrows the list to a district, a line, a site, a vendor; each choice stands in the address. */
class ListFilters extends View {
  #loads = -1;

  draw() {
    this.boxes = new Map(FACETS.map((name) => [name, h('select', {
      'aria-label': t(`detail.${name}`), on: { change: (event) => put({ [name]: event.target.value || null }) },
    })]));
    this.nowhere = h('button', { type: 'button', class: 'chip', on: { click: () => put({ place: here().params.has('place') ? null : 'none' }) } }, icon('pin'), h('span', null, t('list.nowhere')));
    fill(this, [...this.boxes.values()], this.nowhere);
    this.#loads = -1;
    this.#update();
  }

  start() {
    this.on(store, 'cameras', () => this.#loads !== store.loads && this.#update(), CALM_MILLIS);
    this.on(route, 'change', () => this.#choose());
  }

  #update() {
    this.#loads = store.loads;
    for (const [name, box] of this.boxes) {
      const counts = new Map();
      for (const camera of store.cameras.values()) {
        camera[name] && counts.set(camera[name], (counts.get(camera[name]) ?? 0) + 1);
      }
      const values = [...counts.keys()].sort(new Intl.Collator(['ko', 'en'], { numeric: true }).compare).slice(0, MOST);
      fill(box, h('option', { value: '' }, t(`list.all.${name}`)), values.map((value) => h('option', { value }, `${value} (${number(counts.get(value))})`)));
      box.hidden = values.length < 2;
    }
    this.nowhere.hidden = ![...store.cameras.values()].some((camera) => camera.x === null);
    this.#choose();
  }

  #choose() {
    const { facets, nowhere } = filterOf(here().params);
    const chosen = new Map(facets);
    for (const [name, box] of this.boxes) {
      const value = chosen.get(name) ?? '';
      if (value && ![...box.options].some((option) => option.value === value)) {
        box.append(h('option', { value }, value));
      }
      box.value = value;
      box.dataset.chosen = String(Boolean(value));
      box.hidden = box.options.length < 3 && !value;
    }
    this.nowhere.setAttribute('aria-pressed', String(nowhere));
  }
}

customElements.define('list-filters', ListFilters);

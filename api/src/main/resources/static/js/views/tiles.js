import { h, fill, View } from '../dom.js';
import { number, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { store } from '../store.js';
import { VERDICTS, iconOf } from '../verdicts.js';

class VerdictTiles extends View {
  draw() {
    this.tiles = new Map();
    this.bar = new Map(VERDICTS.map((verdict) => [verdict, h('i', { class: 'part', data: { verdict } })]));
    this.share = h('span', { class: 'share' });
    fill(this,
      h('div', { class: 'tiles', role: 'group', 'aria-label': t('tiles.title') },
        VERDICTS.map((verdict) => this.#tile(verdict, iconOf(verdict), t(`verdict.${verdict}`))),
        this.#tile(null, 'all', t('tiles.all')),
      ),
      h('div', { class: 'bar', 'aria-hidden': 'true' }, [...this.bar.values()]),
    );
    this.#update();
  }

  start() {
    this.on(store, 'cameras', () => this.#update());
    this.on(store, 'filter', () => this.#update());
  }

  #tile(verdict, name, label) {
    const count = h('b', { class: 'count' });
    const note = h('small', { class: 'note' });
    const tile = h('button', {
      type: 'button', class: 'tile', data: { verdict: verdict ?? 'ALL' },
      on: { click: () => store.toggle(verdict) },
    }, h('span', { class: 'label' }, icon(name), h('span', null, label)), h('span', { class: 'figure' }, count, note));
    this.tiles.set(verdict, { tile, count, note });
    return tile;
  }

  #update() {
    const all = store.cameras.size;
    for (const [verdict, { tile, count, note }] of this.tiles) {
      const value = verdict === null ? all : store.counts[verdict];
      const text = store.loading ? '–' : number(value);
      if (count.textContent !== text) {
        count.textContent = text;
      }
      tile.dataset.zero = String(value === 0);
      const pressed = verdict === null ? !store.verdicts.size : store.verdicts.has(verdict);
      tile.setAttribute('aria-pressed', String(pressed));
      if (verdict === null && all) {
        note.textContent = t('tiles.share', { percent: number((100 * store.counts.HEALTHY) / all, 1) });
      }
    }
    for (const [verdict, part] of this.bar) {
      part.style.flexGrow = String(store.counts[verdict]);
      part.hidden = store.counts[verdict] === 0;
    }
  }
}

customElements.define('verdict-tiles', VerdictTiles);

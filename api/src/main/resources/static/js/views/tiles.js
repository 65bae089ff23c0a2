import { h, fill, View } from '../dom.js';
import { filterOf, toggled } from '../filter.js';
import { number, share, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { go, here, put, route } from '../router.js';
import { store } from '../store.js';
import { VERDICTS, iconOf } from '../verdicts.js';

/** How many cameras are in which state; on the list each is its filter, elsewhere the way there. */
class VerdictTiles extends View {
  filtering = false;

  draw() {
    this.tiles = new Map();
    this.bar = new Map(VERDICTS.map((verdict) => [verdict, h('i', { class: 'bar-part', data: { verdict } })]));
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
    this.on(store, 'cameras', () => this.#update(), 150);
    this.on(route, 'change', () => this.#update());
  }

  #tile(verdict, name, label) {
    const count = h('b', { class: 'count' });
    const note = h('small', { class: 'note' });
    const tile = h('button', {
      type: 'button', class: 'tile', data: { verdict: verdict ?? 'ALL' }, on: { click: () => this.#choose(verdict) },
    }, h('span', { class: 'label' }, icon(name), h('span', null, label)), h('span', { class: 'figure' }, count, note));
    this.tiles.set(verdict, { tile, count, note });
    return tile;
  }

  #choose(verdict) {
    if (!this.filtering) {
      go(verdict ? `/cameras?verdict=${verdict}` : '/cameras');
    } else {
      put({ verdict: verdict ? toggled(filterOf(here().params), verdict) : null });
    }
  }

  #update() {
    const all = store.total;
    const { verdicts } = filterOf(here().params);
    for (const [verdict, { tile, count, note }] of this.tiles) {
      const value = verdict === null ? all : store.counts[verdict];
      const text = (store.loading || store.failure) && !store.status ? '–' : number(value);
      if (count.textContent !== text) {
        count.textContent = text;
      }
      tile.dataset.zero = String(value === 0);
      if (this.filtering) {
        tile.setAttribute('aria-pressed', String(verdict === null ? !verdicts.size : verdicts.has(verdict)));
      }
      if (verdict === null && all) {
        note.textContent = t('tiles.share', { percent: share(store.counts.HEALTHY, all) });
      }
    }
    for (const [verdict, part] of this.bar) {
      part.style.flexGrow = String(store.counts[verdict]);
      part.hidden = store.counts[verdict] === 0;
    }
  }
}

customElements.define('verdict-tiles', VerdictTiles);

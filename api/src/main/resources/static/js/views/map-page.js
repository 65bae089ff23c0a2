import { h, fill, refill, View } from '../dom.js';
import { number, said, span, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { membersOf, troubled } from '../map/clusters.js';
import { cameraLink, go, here, put, route } from '../router.js';
import { store } from '../store.js';
import { VERDICTS, iconOf, rank } from '../verdicts.js';
import './city-map.js';

const LISTED = 7;
const CLOSE_ZOOM = 17;

class MapPage extends View {
  #pinned = null;
  /** The camera that the address named, until it is known where it stands. */
  #asked = null;

  draw() {
    this.map = h('city-map', null);
    this.legend = h('div', { class: 'map-legend', role: 'group', 'aria-label': t('tiles.title') });
    this.card = h('div', { class: 'map-card', hidden: true });
    const button = (name, label, action) => h('button', { type: 'button', class: 'square', title: label, 'aria-label': label, on: { click: action } }, icon(name));
    fill(this,
      h('h1', { class: 'unseen' }, t('nav.map')),
      this.map,
      this.legend,
      h('div', { class: 'map-tools' },
        button('plus', t('map.in'), () => this.map.zoomBy(1)),
        button('minus', t('map.out'), () => this.map.zoomBy(-1)),
        button('fit', t('map.fit'), () => this.map.fit())),
      this.card,
      this.empty = h('div', { class: 'message map-empty', role: 'status', hidden: true }),
      store.dashboard.tilesAttribution && h('p', { class: 'map-source' }, store.dashboard.tilesAttribution));
    this.#asked = here().params.get('camera');
    this.#follow(true);
    this.#legend();
  }

  start() {
    this.on(store, 'cameras', () => { this.#legend(); this.#start(); this.#say(); }, 200);
    this.on(route, 'change', () => this.#follow(false));
    this.on(this.map, 'lit', ({ detail }) => this.#pinned || this.#tell(detail.cluster, detail.px, detail.py));
    this.on(this.map, 'tapped', ({ detail }) => this.#tapped(detail));
    this.on(this.map, 'moved', () => this.#keep());
    this.on(this, 'keydown', (event) => event.key === 'Escape' && this.#pinned && this.#close(event));
    this.#start();
    this.#say();
  }

  /** Why there is nothing to see, where there is nothing. */
  #say() {
    const { loading, failure, cameras } = store;
    const asked = this.#asked && !loading ? cameras.get(this.#asked) ?? this.#asked : null;
    const state = failure ? 'failed' : !placed() ? (loading ? 'loading' : cameras.size ? 'placeless' : 'empty') : !asked ? '' : asked.id ? 'unplaced' : 'unregistered';
    this.empty.hidden = !state;
    const says = `${state} ${failure} ${asked?.id ?? asked}`;
    if (this.empty.dataset.state !== says) {
      this.empty.dataset.state = says;
      fill(this.empty, state && h('p', null, t(`list.${state}`, { why: failure ?? '', camera: asked?.name || this.#asked })),
        state === 'unplaced' && h('a', { class: 'button', href: cameraLink(asked.id) }, icon('camera'), t('map.camera')),
        state === 'placeless' && h('a', { class: 'button', href: '/cameras?place=none' }, icon('pin'), t('map.nowhere', { count: number(cameras.size) })),
        state === 'empty' && store.role === 'ADMIN' && h('a', { class: 'button', href: '/import' }, icon('upload'), t('list.emptyHint')));
    }
  }

  #follow(first) {
    const { page, params } = here();
    if (page !== 'map') {
      return;
    }
    this.map.wanted = new Set((params.get('verdict') ?? '').split(',').filter((name) => VERDICTS.includes(name)));
    const at = (params.get('at') ?? '').split(',').map(Number);
    if (first && at.length === 3 && at.every(Number.isFinite)) {
      this.map.goTo(...at);
    }
    this.#legend();
    first || this.map.paint();
    if (!first && params.get('camera')) {
      this.#asked = params.get('camera');
      this.#start();
      this.#say();
    }
  }

  /** To the camera that the address named, once it is known. */
  #start() {
    const camera = store.cameras.get(this.#asked);
    if (camera && camera.x !== null) {
      this.#asked = null;
      this.map.fit([camera], false);
      this.map.named = camera;
      this.#pinned = { size: 1, camera };
      this.#tell(this.#pinned, this.clientWidth / 2, this.clientHeight / 2);
    }
  }

  /** Where the reader went: from then on it stays there. */
  #keep() {
    this.#asked = null;
    this.#unpin();
    this.#say();
    const { latitude, longitude, zoom } = this.map.place;
    here().page === 'map' && put({ at: `${latitude.toFixed(5)},${longitude.toFixed(5)},${zoom.toFixed(1)}`, camera: null });
  }

  #legend() {
    const nowhere = [...store.cameras.values()].reduce((sum, camera) => sum + (camera.x === null ? 1 : 0), 0);
    const shown = `${VERDICTS.map((verdict) => store.counts[verdict])} ${[...this.map.wanted]} ${nowhere}`;
    if (shown === this.legended) {
      return;
    }
    this.legended = shown;
    refill(this.legend, VERDICTS.map((verdict) => h('button', {
      type: 'button', class: 'map-key', data: { verdict, zero: String(!store.counts[verdict]) }, 'aria-pressed': String(this.map.wanted.has(verdict)),
      on: { click: () => this.#want(verdict) },
    }, h('i', { class: 'map-shape' }), h('span', null, t(`verdict.${verdict}`)), h('b', null, number(store.counts[verdict])))),
    nowhere > 0 && h('a', { class: 'map-nowhere', href: '/cameras?place=none' }, icon('pin'), t('map.nowhere', { count: number(nowhere) })));
  }

  #want(verdict) {
    const wanted = new Set(this.map.wanted);
    wanted.delete(verdict) || wanted.add(verdict);
    put({ verdict: [...wanted].join(',') || null });
  }

  #tapped({ cluster, by, px, py }) {
    if (!cluster) {
      this.#unpin();
    } else if (cluster.size > 1 && this.map.place.zoom < CLOSE_ZOOM && (cluster.x1 > cluster.x0 || cluster.y1 > cluster.y0)) {
      this.#unpin();
      this.map.fit(membersOf(cluster, [...store.cameras.values()], this.map.wanted));
    } else if (cluster.size === 1 && by !== 'touch') {
      go(cameraLink(cluster.camera.id));
    } else {
      this.#unpin();
      this.#pinned = cluster;
      this.#tell(cluster, px, py);
      this.card.querySelector('a')?.focus();
    }
  }

  /** The keyboard goes on where the card was opened. */
  #close(event) {
    event.preventDefault();
    this.card.contains(document.activeElement) && this.map.canvas.focus();
    this.#unpin();
  }

  #unpin() {
    this.#pinned = null;
    this.map.named = null;
    this.map.paint();
    this.card.hidden = true;
  }

  #tell(cluster, px, py) {
    this.card.hidden = !cluster;
    if (!cluster) {
      return;
    }
    const members = cluster.size === 1 ? [cluster.camera]
      : membersOf(cluster, [...store.cameras.values()], this.map.wanted).sort((a, b) => rank(a.verdict) - rank(b.verdict) || b.since - a.since);
    fill(this.card,
      cluster.size > 1 && h('p', { class: 'map-sum' }, h('b', null, t('map.cameras', { count: number(cluster.size) })), ' ', troubled(cluster) ? t('map.troubled', { count: number(troubled(cluster)) }) : t('map.well')),
      h('ul', null, members.slice(0, LISTED).map((camera) => h('li', { data: { verdict: camera.verdict } },
        h('a', { href: cameraLink(camera.id) }, icon(iconOf(camera.verdict)), h('b', null, camera.name || camera.id),
          h('small', null, [t(`verdict.${camera.verdict}`), said('reason', camera.reason), camera.since ? span(Date.now() - camera.since) : null].filter(Boolean).join(' · ')))))),
      members.length > LISTED && h('p', { class: 'hint' }, t('list.more', { count: number(members.length - LISTED) })));
    const left = px > this.clientWidth - 320;
    const above = py > this.clientHeight - 260;
    Object.assign(this.card.style, {
      left: left ? '' : `${px + 18}px`, right: left ? `${this.clientWidth - px + 18}px` : '',
      top: above ? '' : `${Math.max(8, py - 20)}px`, bottom: above ? `${this.clientHeight - py + 10}px` : '',
    });
  }
}

/** Whether one of the cameras stands anywhere; mostly the first does. */
function placed() {
  for (const { x } of store.cameras.values()) {
    if (x !== null) {
      return true;
    }
  }
  return false;
}

customElements.define('map-page', MapPage);

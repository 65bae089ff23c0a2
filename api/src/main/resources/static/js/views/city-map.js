import { calm } from '../calm.js';
import { h, fill, View } from '../dom.js';
import { t } from '../i18n/i18n.js';
import { clusters, radiusOf } from '../map/clusters.js';
import { gestures } from '../map/gestures.js';
import { clustersOn, colours, districts, graticule, screen, target } from '../map/paint.js';
import { TileLayer } from '../map/tile-layer.js';
import { latitudeOf, longitudeOf, worldX, worldY } from '../mercator.js';
import { store } from '../store.js';

const TILE = 256;
const MIN_ZOOM = 3;
const MAX_ZOOM = 19;
const LIVE_MILLIS = 120;
const GLIDE_MILLIS = 320;
const TOUCH_PIXELS = 14;
/** So many times as far from the middle half as that is wide, and it is not where the others are. */
const FAR = 3;
/** About a kilometre: cameras on one spot make nothing far that is in the same town. */
const NEAR = 3e-5;
/** Of a screen that is read as it is; a larger one is looked at from farther off. */
const DESK = { width: 1920, height: 1080 };

/** Every camera where it stands: fifty thousand on one canvas. Tells of `lit`, `tapped` and `moved`. */
class CityMap extends View {
  wanted = new Set();
  lit = null;
  /** One that was asked for by name: it has a ring, also within a cluster. */
  named = null;
  /** In pixels of a desk; `scale` times as many are on the screen. */
  #view = { x: 0.85, y: 0.39, zoom: 7, width: 0, height: 0 };
  #scale = 1;
  #shown = [];
  /** What they were gathered for: a glow that fades gathers nothing anew. */
  #gathered = '';
  #names = [];
  #loads = -1;
  #placed = false;
  /** What is to be in sight as soon as the map has a size. */
  #due = null;
  #frame = 0;
  #glide = null;

  draw() {
    this.canvas = h('canvas', { class: 'map-canvas', tabindex: '0', role: 'application', 'aria-label': t('map.aria'), data: { first: '' } });
    fill(this, this.canvas);
    this.pen = this.canvas.getContext('2d');
    gestures(this.canvas, this.#moves());
    const { tilesUrl } = store.dashboard;
    this.tiles = tilesUrl ? new TileLayer(tilesUrl, () => this.paint()) : null;
  }

  start() {
    this.ink = colours();
    this.still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.on(store, 'cameras', () => { this.#gathered = ''; this.paint(); }, LIVE_MILLIS);
    const sized = new ResizeObserver(() => this.#size());
    sized.observe(this);
    const themed = new MutationObserver(() => { this.ink = colours(); this.paint(); });
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    this.onleave(() => { sized.disconnect(); themed.disconnect(); cancelAnimationFrame(this.#frame); });
    this.tell = calm(300, () => this.dispatchEvent(new Event('moved')));
  }

  get place() {
    const { x, y, zoom } = this.#view;
    return { latitude: latitudeOf(y), longitude: longitudeOf(x), zoom };
  }

  goTo(latitude, longitude, zoom) {
    this.#placed = true;
    Object.assign(this.#view, { x: worldX(longitude), y: worldY(latitude), zoom: limit(zoom) });
    this.paint();
  }

  /** So that all of these are in sight; gliding where somebody asked for it. */
  fit(cameras = [...store.cameras.values()], glide = true) {
    const placed = cameras.filter((camera) => camera.x !== null);
    if (!placed.length || !this.#view.width) {
      this.#due = placed.length ? placed : null;
      return;
    }
    this.#due = null;
    const range = (field) => {
      const sorted = inOrder(placed, field);
      // one camera that is entered wrongly does not make the city small; who asks for all gets all
      return glide ? [sorted[0], sorted.at(-1)] : usual(sorted);
    };
    const [x0, x1] = range('x');
    const [y0, y1] = range('y');
    const { width, height } = this.#view;
    const wide = Math.max((x1 - x0) / Math.max(80, width - 140), (y1 - y0) / Math.max(80, height - 140), 1e-9);
    this.#to({ x: (x0 + x1) / 2, y: (y0 + y1) / 2, zoom: limit(Math.min(17, -Math.log2(wide * TILE))) }, glide);
  }

  zoomBy(by) {
    this.#zoom(by, this.#view.width / 2, this.#view.height / 2);
  }

  paint() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.isConnected && this.#draw();
    });
  }

  #moves() {
    return {
      pan: (dx, dy) => {
        const scale = TILE * this.#scale * 2 ** this.#view.zoom;
        this.#glide = null;
        this.#view.x -= dx / scale;
        this.#view.y = Math.min(1, Math.max(0, this.#view.y - dy / scale));
        this.#changed();
      },
      zoom: (by, px, py) => this.#zoom(by, px / this.#scale, py / this.#scale),
      fit: () => this.fit(),
      hover: (px, py) => this.#light(this.#at(px, py), px, py),
      tap: (px, py, by) => {
        const cluster = this.#at(px, py, by === 'mouse' ? 0 : TOUCH_PIXELS);
        this.#light(cluster, px, py);
        this.dispatchEvent(new CustomEvent('tapped', { detail: { cluster, by, px: cluster?.px * this.#scale, py: cluster?.py * this.#scale } }));
      },
    };
  }

  #zoom(by, px, py) {
    const view = this.#view;
    const before = TILE * 2 ** view.zoom;
    this.#glide = null;
    view.zoom = limit(view.zoom + by);
    const after = TILE * 2 ** view.zoom;
    view.x += (px - view.width / 2) * (1 / before - 1 / after);
    view.y += (py - view.height / 2) * (1 / before - 1 / after);
    this.#changed();
  }

  #changed() {
    this.#placed = true;
    this.#light(null);
    this.tell?.();
    this.paint();
  }

  #to(target, glide) {
    this.#placed = true;
    if (!glide || this.still) {
      Object.assign(this.#view, target);
    } else {
      const { x, y, zoom } = this.#view;
      this.#glide = { from: { x, y, zoom }, to: target, at: performance.now() };
    }
    glide && this.tell?.();
    this.paint();
  }

  #at(px, py, more = 0) {
    return this.#shown.findLast((cluster) => Math.hypot(cluster.px - px / this.#scale, cluster.py - py / this.#scale) <= radiusOf(cluster) + 3 + more) ?? null;
  }

  #light(cluster, px, py) {
    if (cluster !== this.lit) {
      this.lit = cluster;
      this.canvas.style.cursor = cluster ? 'pointer' : '';
      this.dispatchEvent(new CustomEvent('lit', { detail: { cluster, px, py } }));
      this.paint();
    }
  }

  #size() {
    const ratio = Math.min(2, devicePixelRatio || 1);
    const { clientWidth: width, clientHeight: height } = this;
    this.#scale = Math.max(1, Math.min(2, innerWidth / DESK.width, innerHeight / DESK.height));
    Object.assign(this.#view, { width: width / this.#scale, height: height / this.#scale });
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.pen.setTransform(ratio * this.#scale, 0, 0, ratio * this.#scale, 0, 0);
    this.#draw();
  }

  #draw() {
    const { pen, ink } = this;
    const view = this.#view;
    if (!view.width || !ink) {
      return;
    }
    this.#loaded();
    this.#step();
    pen.fillStyle = ink.ground;
    pen.fillRect(0, 0, view.width, view.height);
    if (this.tiles) {
      const dark = document.documentElement.dataset.theme === 'dark';
      this.tiles.draw(pen, view, { share: dark ? 0.62 : 0.25, ground: ink.ground });
    } else {
      graticule(pen, view, ink);
      districts(pen, view, ink, this.#names);
    }
    const sight = [view.x, view.y, view.zoom, view.width, view.height, store.loads, ...this.wanted].join();
    if (sight !== this.#gathered) {
      this.#gathered = sight;
      this.#shown = clusters(store.cameras.values(), view, this.wanted);
    }
    const lit = this.lit && this.#shown.find((cluster) => cluster.x0 === this.lit.x0 && cluster.y0 === this.lit.y0);
    const moving = clustersOn(pen, view, ink, this.#shown, lit, Date.now(), this.still);
    this.named && target(pen, view, ink, this.named);
    if (document.activeElement === this.canvas && this.canvas.matches(':focus-visible')) {
      this.#cross();
    }
    (moving || this.#glide) && this.paint();
  }

  #loaded() {
    if (store.loads !== this.#loads) {
      this.#loads = store.loads;
      this.#names = centres();
      if (this.#due) {
        this.fit(this.#due, false);
      } else if (!this.#placed) {
        this.fit(undefined, false);
        // more of the city is on its way
        this.#placed &&= !store.loading;
      }
    }
  }

  #step() {
    if (this.#glide) {
      const share = Math.min(1, (performance.now() - this.#glide.at) / GLIDE_MILLIS);
      const eased = 1 - (1 - share) ** 3;
      const { from, to } = this.#glide;
      for (const name of ['x', 'y', 'zoom']) {
        this.#view[name] = from[name] + (to[name] - from[name]) * eased;
      }
      share === 1 && (this.#glide = null);
    }
  }

  /** Where the keyboard points. */
  #cross() {
    const { pen, ink } = this;
    const [px, py] = screen(this.#view, this.#view.x, this.#view.y);
    pen.strokeStyle = ink.text;
    pen.lineWidth = 1.5;
    pen.strokeRect(px - 14, py - 14, 28, 28);
  }
}

const limit = (zoom) => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));

const inOrder = (cameras, field) => Float64Array.from(cameras, (camera) => camera[field]).sort();

/** The least and the greatest of what is in order, without those that stand far from all others. */
function usual(sorted) {
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)];
  const far = FAR * Math.max(at(0.75) - at(0.25), NEAR);
  return [sorted.find((value) => value >= at(0.25) - far), sorted.findLast((value) => value <= at(0.75) + far)];
}

/** Above the middle of each district's cameras. */
function centres() {
  const districts = new Map();
  for (const camera of store.cameras.values()) {
    if (camera.district && camera.x !== null) {
      districts.has(camera.district) ? districts.get(camera.district).push(camera) : districts.set(camera.district, [camera]);
    }
  }
  return [...districts].map(([name, cameras]) => {
    const x = inOrder(cameras, 'x');
    return { name, x: x[x.length >> 1], y: usual(inOrder(cameras, 'y'))[0] };
  });
}

customElements.define('city-map', CityMap);

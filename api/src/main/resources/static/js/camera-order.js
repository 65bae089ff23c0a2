import { accepts, filters } from './filter.js';
import { store } from './store.js';

const SINCE_MILLIS = 2000;
const DIGITS = 12;

/** The cameras in an order that the reader chose; sorted anew only when it can have changed. */
export class CameraOrder {
  #key = '';
  #sortedAt = 0;
  #base = [];

  /** Those that a filter lets through. */
  of(filter) {
    const base = this.#sorted(filter);
    return filters(filter) ? base.filter((camera) => accepts(filter, camera)) : base;
  }

  #sorted({ sort, down }) {
    if (!COMPARE[sort] && !BY[sort]) {
      return down ? store.order.toReversed() : store.order;
    }
    const key = `${sort} ${down} ${store.loads}`;
    const moves = sort === 'since' || sort === 'reason';
    const stale = moves && performance.now() - this.#sortedAt > SINCE_MILLIS;
    if (key !== this.#key || stale) {
      this.#key = key;
      this.#base = BY[sort] ? byText([...store.cameras.values()], BY[sort]) : [...store.cameras.values()].sort(COMPARE[sort]);
      if (down) {
        this.#base.reverse();
      }
      this.#sortedAt = performance.now();
    }
    return this.#base;
  }
}

/** What is compared is made once a camera: a collator that is asked for each pair holds the page for a second. */
function byText(cameras, textOf) {
  const keys = new Map();
  const keyOf = (text) => {
    keys.has(text) || keys.set(text, text.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(DIGITS, '0')));
    return keys.get(text);
  };
  return cameras
    .map((camera) => ({ camera, key: keyOf(textOf(camera)) }))
    .sort((a, b) => (a.key === b.key ? 0 : !a.key ? 1 : !b.key || a.key < b.key ? -1 : 1))
    .map(({ camera }) => camera);
}

/** By their words: Hangul's own order is that of its codes; what has none stands last. */
const BY = {
  camera: ({ name, id }) => name || id,
  line: ({ line }) => line,
  site: ({ site }) => site,
  district: ({ district }) => district,
  vendor: ({ vendor }) => vendor,
};

const COMPARE = {
  reason: (a, b) => (a.reason < b.reason ? -1 : a.reason > b.reason ? 1 : 0),
  since: (a, b) => b.since - a.since,
};

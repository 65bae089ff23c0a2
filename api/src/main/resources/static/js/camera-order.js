import { accepts, filters } from './filter.js';
import { store } from './store.js';

const SINCE_MILLIS = 2000;
const collator = new Intl.Collator(['ko', 'en'], { numeric: true });

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
    if (!COMPARE[sort]) {
      return down ? store.order.toReversed() : store.order;
    }
    const key = `${sort} ${down} ${store.loads}`;
    const moves = sort === 'since' || sort === 'reason';
    const stale = moves && performance.now() - this.#sortedAt > SINCE_MILLIS;
    if (key !== this.#key || stale) {
      this.#key = key;
      this.#base = [...store.cameras.values()].sort(COMPARE[sort]);
      if (down) {
        this.#base.reverse();
      }
      this.#sortedAt = performance.now();
    }
    return this.#base;
  }
}

const byText = (field) => (a, b) => (a[field] === b[field] ? 0 : !a[field] ? 1 : !b[field] ? -1 : collator.compare(a[field], b[field]));

const COMPARE = {
  camera: (a, b) => collator.compare(a.name || a.id, b.name || b.id),
  reason: (a, b) => (a.reason < b.reason ? -1 : a.reason > b.reason ? 1 : 0),
  line: byText('line'),
  site: byText('site'),
  district: byText('district'),
  vendor: byText('vendor'),
  since: (a, b) => b.since - a.since,
};

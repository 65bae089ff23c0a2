import { h, fill, View } from '../dom.js';
import { number, said, span, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { store } from '../store.js';
import { iconOf } from '../verdicts.js';

const OVERSCAN = 6;
const FRESH_MILLIS = 4000;

/** All cameras, the worst on top. Only the rows in sight exist, so fifty thousand cost what fifty do. */
class CameraList extends View {
  #rows = [];
  #shown = [];
  #active = null;

  draw() {
    this.#rows = [];
    this.count = h('span', { class: 'count', role: 'status' });
    this.box = h('input', {
      type: 'search', placeholder: t('list.search'), 'aria-label': t('list.search'), title: t('list.searchKey'),
      autocomplete: 'off', spellcheck: 'false', maxlength: '100', value: store.query,
      on: { input: () => store.search(this.box.value) },
    });
    this.spacer = h('div', { class: 'spacer' });
    this.body = h('div', {
      class: 'rows', tabindex: '0', role: 'listbox', 'aria-label': t('list.title'),
      on: { scroll: () => this.#paint(), keydown: (event) => this.#key(event), click: (event) => this.#click(event) },
    }, this.spacer);
    this.message = h('div', { class: 'message' });
    fill(this,
      h('div', { class: 'panel-head' },
        h('h2', null, t('list.title')), this.count,
        h('label', { class: 'search' }, icon('search'), this.box),
      ),
      h('div', { class: 'columns', 'aria-hidden': 'true' },
        ['verdict', 'camera', 'reason', 'line', 'district', 'since'].map((name) => h('span', { class: `c-${name}` }, t(`list.${name}`)))),
      h('div', { class: 'frame' }, this.body, this.message),
    );
    this.#update();
  }

  start() {
    this.on(store, 'cameras', () => this.#update());
    this.on(store, 'filter', () => this.#filter());
    this.on(store, 'selected', () => this.#paint());
    this.every(1000, () => this.#tick());
    const seen = new ResizeObserver(() => this.#update());
    seen.observe(this.body.parentElement);
  }

  get #height() {
    return this.clientWidth < 720 ? 72 : 52;
  }

  #filter() {
    if (this.box.value !== store.query) {
      this.box.value = store.query;
    }
    this.body.scrollTop = 0;
    this.#update();
  }

  #update() {
    this.#shown = store.visible;
    this.spacer.style.height = `${this.#shown.length * this.#height}px`;
    this.count.textContent = store.loading ? '' : t('list.count', { shown: number(this.#shown.length), all: number(store.order.length) });
    this.#say();
    this.#paint();
  }

  #say() {
    const { loading, failure } = store;
    const state = loading ? 'loading' : failure ? 'failed' : !store.order.length ? 'empty' : !this.#shown.length ? 'none' : '';
    this.message.hidden = !state;
    this.body.hidden = Boolean(state);
    if (this.message.dataset.state === state + failure) {
      return;
    }
    this.message.dataset.state = state + failure;
    fill(this.message,
      state && h('p', null, t(`list.${state}`, { why: failure ?? '' })),
      state === 'empty' && h('p', { class: 'hint' }, t('list.emptyHint')),
      state === 'none' && h('button', { type: 'button', on: { click: () => store.clearFilter() } }, t('list.clear')),
    );
  }

  #paint() {
    const height = this.#height;
    const first = Math.max(0, Math.floor(this.body.scrollTop / height) - OVERSCAN);
    const last = Math.min(this.#shown.length, Math.ceil((this.body.scrollTop + this.body.clientHeight) / height) + OVERSCAN);
    while (this.#rows.length < last - first) {
      const row = newRow();
      this.#rows.push(row);
      this.spacer.append(row.element);
    }
    const now = Date.now();
    this.#rows.forEach((row, i) => {
      const camera = i < last - first ? this.#shown[first + i] : null;
      row.element.hidden = !camera;
      if (camera) {
        row.element.style.transform = `translateY(${(first + i) * height}px)`;
        row.element.style.height = `${height}px`;
        this.#show(row, camera, first + i, now);
      }
    });
    const active = this.#active && this.#rows.find((row) => !row.element.hidden && row.camera?.id === this.#active);
    active ? this.body.setAttribute('aria-activedescendant', active.element.id) : this.body.removeAttribute('aria-activedescendant');
  }

  #show(row, camera, index, now) {
    const { element } = row;
    row.camera = camera;
    element.setAttribute('aria-setsize', String(this.#shown.length));
    element.setAttribute('aria-posinset', String(index + 1));
    element.setAttribute('aria-selected', String(store.selected === camera.id));
    element.classList.toggle('active', this.#active === camera.id);
    element.classList.toggle('fresh', now - camera.movedAt < FRESH_MILLIS);
    const shown = `${camera.id} ${camera.verdict} ${camera.reason} ${camera.since}`;
    if (row.shown !== shown) {
      row.shown = shown;
      element.dataset.verdict = camera.verdict;
      element.dataset.id = camera.id;
      fill(row.verdict, icon(iconOf(camera.verdict)), h('span', null, t(`verdict.${camera.verdict}`)));
      row.name.textContent = camera.name || camera.id;
      row.id.textContent = camera.name ? camera.id : '';
      row.reason.textContent = camera.enabled ? said('reason', camera.reason) : t('list.paused');
      row.line.textContent = camera.line;
      row.district.textContent = camera.district;
    }
    const since = camera.since ? span(now - camera.since) : '';
    if (row.since.textContent !== since) {
      row.since.textContent = since;
    }
  }

  #tick() {
    const now = Date.now();
    for (const row of this.#rows) {
      if (!row.element.hidden && row.camera) {
        row.element.classList.toggle('fresh', now - row.camera.movedAt < FRESH_MILLIS);
        row.since.textContent = row.camera.since ? span(now - row.camera.since) : '';
      }
    }
  }

  #click(event) {
    const row = event.target.closest('[data-id]');
    if (row) {
      this.#active = row.dataset.id;
      store.select(row.dataset.id);
    }
  }

  #key(event) {
    const page = Math.max(1, Math.floor(this.body.clientHeight / this.#height) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (this.#active) {
        store.select(this.#active);
      }
    } else if (event.key in steps && this.#shown.length) {
      event.preventDefault();
      const at = this.#shown.findIndex((camera) => camera.id === this.#active);
      const next = Math.min(this.#shown.length - 1, Math.max(0, (at < 0 && steps[event.key] > 0 ? -1 : at) + steps[event.key]));
      this.#active = this.#shown[next].id;
      this.#reveal(next);
    }
  }

  #reveal(index) {
    const height = this.#height;
    const top = index * height;
    if (top < this.body.scrollTop) {
      this.body.scrollTop = top;
    } else if (top + height > this.body.scrollTop + this.body.clientHeight) {
      this.body.scrollTop = top + height - this.body.clientHeight;
    }
    this.#paint();
  }
}

let numbered = 0;

function newRow() {
  const cell = (name) => h('span', { class: `c-${name}` });
  const row = { verdict: cell('verdict'), name: h('b'), id: h('small'), reason: cell('reason'), line: cell('line'), district: cell('district'), since: cell('since') };
  row.element = h('div', { class: 'row', role: 'option', id: `row${numbered++}` },
    row.verdict, h('span', { class: 'c-camera' }, row.name, row.id), row.reason, row.line, row.district, row.since);
  return row;
}

customElements.define('camera-list', CameraList);

import { calm } from '../calm.js';
import { h, fill, refill, View, write } from '../dom.js';
import { number, said, span, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { CameraOrder } from '../camera-order.js';
import { filterOf, filters } from '../filter.js';
import { cameraLink, go, here, put, route } from '../router.js';
import { store } from '../store.js';
import { iconOf } from '../verdicts.js';
import './list-filters.js';

const OVERSCAN = 6;
const FRESH_MILLIS = 4000;
const CALM_MILLIS = 200;
const COUNT_MILLIS = 1000;
const NARROW = matchMedia('(max-width: 860px)');
const COLUMNS = ['verdict', 'camera', 'reason', 'line', 'district', 'vendor', 'since'];

/** Where the reader was when a camera was opened. */
const left = { top: 0, active: null, search: '' };

/** All cameras, the worst on top. Only the rows in sight exist, so fifty thousand cost what fifty do. */
class CameraList extends View {
  #rows = [];
  #shown = [];
  #active = null;
  #order = new CameraOrder();
  #search = null;

  draw() {
    this.#rows = [];
    // said to who listens, but not with every change
    this.count = h('span', { class: 'count', role: 'status' });
    this.sayCount = calm(COUNT_MILLIS, () => this.#count());
    this.box = h('input', {
      type: 'search', placeholder: t('list.search'), 'aria-label': t('list.search'), title: t('list.searchKey'),
      autocomplete: 'off', spellcheck: 'false', maxlength: '100',
      on: { input: () => put({ q: this.box.value, find: null }), keydown: (event) => this.#fromBox(event) },
    });
    this.spacer = h('div', { class: 'spacer' });
    this.body = h('div', {
      class: 'rows', tabindex: '0', data: { first: '' }, role: 'listbox', 'aria-label': t('list.title'),
      on: { scroll: () => this.#scrolled(), keydown: (event) => this.#key(event), click: (event) => this.#click(event) },
    }, this.spacer);
    this.message = h('div', { class: 'message' });
    this.head = h('div', { class: 'columns' });
    fill(this,
      h('div', { class: 'panel-head' },
        h('h2', null, t('list.title')), this.count,
        h('list-filters'),
        h('label', { class: 'search' }, icon('search'), this.box),
        store.role === 'ADMIN' && h('button', { type: 'button', class: 'quiet', title: t('camera.new'), data: { key: 'n' }, 'aria-keyshortcuts': 'n', on: { click: () => put({ edit: 'new' }) } }, icon('plus'), h('span', null, t('camera.add'))),
        store.role !== 'RECIPIENT' && h('a', { class: 'button quiet', href: '/api/cameras/export', download: 'cameras.csv', title: t('list.exportTitle') }, icon('download'), h('span', null, 'CSV')),
      ),
      this.head,
      h('div', { class: 'frame' }, this.body, this.message),
    );
    this.#filter();
  }

  start() {
    this.on(store, 'cameras', () => this.#update(), CALM_MILLIS);
    this.on(route, 'change', () => this.isConnected && this.#filter());
    this.every(1000, () => this.#tick());
    const seen = new ResizeObserver(() => this.#update());
    seen.observe(this.body.parentElement);
    this.onleave(() => seen.disconnect());
    if (left.search === location.search) {
      this.#active = left.active;
      this.body.scrollTop = left.top;
      // on a phone nobody walks with arrows, and a frame around it all says nothing
      (left.active || !NARROW.matches) && this.body.focus({ preventScroll: true });
      // nor where the page was just opened and no key was pressed yet
      this.body.classList.toggle('untouched', navigator.userActivation?.hasBeenActive === false);
      this.#paint();
    }
    if (here().params.has('find')) {
      this.box.focus();
    }
  }

  get #height() {
    return this.clientWidth < 720 ? 72 : 52;
  }

  #filter() {
    if (here().page !== 'cameras' || location.search === this.#search) {
      return;
    }
    this.#search = location.search;
    this.filter = filterOf(here().params);
    if (this.box.value !== this.filter.query && document.activeElement !== this.box) {
      this.box.value = this.filter.query;
    }
    this.body.scrollTop = 0;
    this.#columns();
    this.#update();
  }

  #columns() {
    const { sort, down } = this.filter;
    refill(this.head, COLUMNS.map((name) => {
      const chosen = name === (sort || 'verdict');
      const way = !chosen ? 'none' : down ? 'descending' : 'ascending';
      const next = !chosen ? (name === 'verdict' ? null : name) : down ? null : `${name}.down`;
      return h('button', { type: 'button', class: `c-${name}`, 'aria-label': `${t(`list.${name}`)}: ${t(`list.order.${way}`)}`, title: t('list.sort'), on: { click: () => put({ sort: next }) } },
        t(`list.${name}`), chosen && icon(down ? 'down' : 'up'));
    }));
  }

  #scrolled() {
    left.top = this.body.scrollTop;
    left.search = location.search;
    this.#paint();
  }

  /** From the words into the list. */
  #fromBox(event) {
    if (event.key === 'Escape') {
      event.preventDefault();
      this.box.value ? ((this.box.value = ''), put({ q: null })) : this.body.focus();
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      this.body.focus();
      this.#key(new KeyboardEvent('keydown', { key: 'Home' }));
    }
  }

  #update() {
    this.#shown = this.#order.of(this.filter);
    this.spacer.style.height = `${this.#shown.length * this.#height}px`;
    this.sayCount();
    this.#say();
    this.#paint();
  }

  #count() {
    const { loading, order, total } = store;
    write(this.count, !loading ? t('list.count', { shown: number(this.#shown.length), all: number(order.length) })
      : order.length ? t('list.coming', { count: number(order.length), all: number(Math.max(total, order.length)) }) : '');
  }

  #say() {
    const { loading, failure } = store;
    const state = failure ? 'failed' : this.#shown.length ? '' : loading ? 'loading' : !store.order.length ? 'empty' : 'none';
    this.message.hidden = !state;
    this.body.hidden = Boolean(state);
    if (this.message.dataset.state === state + failure) {
      return;
    }
    this.message.dataset.state = state + failure;
    fill(this.message,
      state && h('p', null, t(state === 'empty' && store.role === 'RECIPIENT' ? 'list.emptyOwn' : `list.${state}`, { why: failure ?? '' })),
      state === 'empty' && store.role === 'ADMIN' && h('a', { class: 'button', href: '/import' }, t('list.emptyHint')),
      state === 'none' && h('button', { type: 'button', on: { click: () => go('/cameras') } }, t('list.clear')),
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
    element.setAttribute('aria-selected', String(this.#active === camera.id));
    element.classList.toggle('active', this.#active === camera.id);
    element.classList.toggle('fresh', now - camera.movedAt < FRESH_MILLIS);
    const shown = `${camera.id} ${camera.verdict} ${camera.reason} ${camera.since} ${store.loads}`;
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
      row.vendor.textContent = camera.vendor;
      // what is cut off can be read all the same
      row.name.title = camera.name;
      [row.line, row.district, row.vendor, row.reason].forEach((cell) => (cell.title = cell.textContent));
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
      this.#open(row.dataset.id);
    }
  }

  #open(id) {
    Object.assign(left, { active: id, top: this.body.scrollTop, search: location.search });
    go(cameraLink(id));
  }

  #key(event) {
    this.body.classList.remove('untouched');
    const page = Math.max(1, Math.floor(this.body.clientHeight / this.#height) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key === 'Escape' && filters(this.filter)) {
      event.preventDefault();
      this.box.value = '';
      go('/cameras', { replace: true });
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (this.#active) {
        this.#open(this.#active);
      }
    } else if (event.key in steps && this.#shown.length) {
      event.preventDefault();
      const at = this.#shown.findIndex((camera) => camera.id === this.#active);
      const next = Math.min(this.#shown.length - 1, Math.max(0, (at < 0 && steps[event.key] > 0 ? -1 : at) + steps[event.key]));
      this.#active = this.#shown[next].id;
      left.active = this.#active;
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
  const row = { verdict: cell('verdict'), name: h('b'), id: h('small'), reason: cell('reason'), line: cell('line'), district: cell('district'), vendor: cell('vendor'), since: cell('since') };
  row.element = h('div', { class: 'row', role: 'option', id: `row${numbered++}` },
    row.verdict, h('span', { class: 'c-camera' }, row.name, row.id), row.reason, row.line, row.district, row.vendor, row.since);
  return row;
}

customElements.define('camera-list', CameraList);

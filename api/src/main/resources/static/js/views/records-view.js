import { all, get, patch, post, put, remove, tagOf } from '../api.js';
import { h, fill, View } from '../dom.js';
import { number, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { here, put as putParams, route } from '../router.js';
import { store } from '../store.js';
import { words } from '../words.js';
import './record-form.js';


/** A page of records that people make and change: a table, and a drawer for one. A kind of page extends it. */
export class RecordsView extends View {
  /** Of REST. */
  path = '';
  /** Of the words: `NAME.title`, `NAME.hint`, `NAME.empty`, `NAME.new`. */
  name = '';
  /** Roles that may write. */
  writers = ['ADMIN'];
  #items = null;
  #failure = null;
  /** What a new one was begun with, such as a day. */
  #on = null;

  columns() {
    return [];
  }

  fields() {
    return [];
  }

  get items() {
    return this.#items ?? [];
  }

  get mayWrite() {
    return this.writers.includes(store.role);
  }

  draw() {
    this.table = h('div', { class: 'table-place' });
    this.drawer = h('div', { class: 'drawer-place' });
    this.count = h('span', { class: 'hint' });
    fill(this,
      h('header', { class: 'page-head' }, h('h1', null, t(`nav.${this.tabs ? 'access' : this.name}`)), this.tabs?.(), this.count, h('p', { class: 'page-hint' }, t(`${this.name}.hint`)),
        this.mayWrite && h('button', { type: 'button', class: 'primary', data: { first: '', key: 'n' }, 'aria-keyshortcuts': 'n', on: { click: () => putParams({ edit: 'new' }) } }, icon('plus'), t(`${this.name}.new`))),
      this.above?.(), this.around?.(this.table) ?? this.table, this.drawer);
    this.load();
  }

  start() {
    this.on(route, 'change', () => this.#follow());
    this.onleave(() => document.querySelectorAll('datalist[id^=suggest-]').forEach((list) => list.remove()));
  }

  async load() {
    try {
      await this.prepare?.();
      const items = await all(this.path);
      this.#items = this.order?.(items) ?? items;
      this.#failure = null;
    } catch (problem) {
      this.#failure = words(problem);
    }
    if (this.isConnected) {
      this.#show();
      this.#follow();
      this.loaded?.();
    }
  }

  #show() {
    // what was read before stays while the server is away
    this.count.textContent = this.#items && this.#failure ? this.#failure : this.#items ? number(this.items.length) : '';
    if (!this.items.length) {
      fill(this.table, h('div', { class: `message ${this.#failure ? 'bad' : ''}` }, h('p', null, this.#failure ?? t(this.#items ? `${this.name}.empty` : 'chart.loading')),
        this.#failure && h('button', { type: 'button', on: { click: () => this.load() } }, t('list.retry'))));
      return;
    }
    const columns = this.columns();
    const focused = this.table.contains(document.activeElement) ? document.activeElement.dataset.edit : null;
    fill(this.table, h('table', { class: 'table' },
      h('thead', null, h('tr', null, columns.map(({ label }) => h('th', { scope: 'col' }, label)))),
      h('tbody', null, this.items.map((item) => h('tr', { class: item.enabled === false ? 'off' : '' }, columns.map(({ show, label }, i) =>
        h(i ? 'td' : 'th', i ? { data: { label } } : { scope: 'row' }, i ? show(item) : h('button', { type: 'button', class: 'link', data: { edit: item.id ?? item.name }, on: { click: () => putParams({ edit: item.id ?? item.name }) } }, show(item)))))))));
    focused && this.#focus(focused);
  }

  /** Who closes a drawer goes on where it was opened. */
  #focus(id) {
    const row = id === 'new' ? null : this.table.querySelector(`[data-edit="${CSS.escape(id)}"]`);
    (row ?? this.querySelector('[data-first]'))?.focus({ preventScroll: true });
  }

  async #follow() {
    const id = here().path === location.pathname && this.isConnected ? here().params.get('edit') : null;
    if (id === null || !this.#items) {
      const left = this.drawer.firstChild?.record;
      fill(this.drawer);
      left && this.#focus(left);
      return;
    }
    const open = this.drawer.firstChild;
    const on = here().params.get('on');
    // the address changes for other reasons too: what is written stays
    if (open?.record === id && (open.written || on === this.#on)) {
      return;
    }
    this.#on = on;
    await this.#open(id);
  }

  async #open(id, said = '', mine = null) {
    const fresh = id === 'new';
    let value = {};
    try {
      value = fresh ? this.initial?.() ?? {} : await get(`${this.path}/${encodeURIComponent(id)}`);
    } catch (problem) {
      fill(this.drawer, h('p', { class: 'message bad' }, words(problem)));
      return;
    }
    if (here().params.get('edit') !== id || !this.isConnected) {
      return;
    }
    fill(this.drawer, h('record-form', {
      record: id,
      heading: fresh ? t(`${this.name}.new`) : value.name ?? value.id,
      hint: fresh ? '' : value.id,
      said,
      mine,
      readonly: !this.mayWrite,
      fields: this.fields(fresh, value),
      value,
      extra: this.beside?.(value, fresh) ?? null,
      onclosed: () => putParams({ edit: null, on: null }),
      onsave: (body, mine) => this.#save(fresh, id, body, value, mine),
      onremove: fresh ? null : () => this.#remove(id, value),
    }));
  }

  async #save(fresh, id, body, before, mine) {
    const whole = this.written ? this.written(body, before) : body;
    try {
      fresh ? await post(this.path, whole) : await (this.patches ? patch : put)(`${this.path}/${encodeURIComponent(id)}`, whole, tagOf(before));
    } catch (problem) {
      if (problem.status !== 412) {
        throw problem;
      }
      // another was faster: what is there now is shown, with what was altered here
      await this.#open(id, words(problem), mine);
      return;
    }
    putParams({ edit: null });
    await this.load();
  }

  async #remove(id, before) {
    await remove(`${this.path}/${encodeURIComponent(id)}`, tagOf(before));
    putParams({ edit: null });
    await this.load();
  }
}

/** Values of the registered cameras, to choose from. */
export function known(field) {
  const values = new Set();
  for (const camera of store.cameras.values()) {
    camera[field] && values.add(camera[field]);
  }
  return [...values].sort();
}

export const tags = (values, all) => (values?.length ? h('span', { class: 'tags' }, values.map((value) => h('span', { class: 'tag' }, value))) : h('span', { class: 'hint' }, all));

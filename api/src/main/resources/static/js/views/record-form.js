import { h, fill, View } from '../dom.js';
import { t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { refusal, words } from '../words.js';
import { altered, labelled, valuesOf } from './fields.js';

/**
 * A drawer that makes or changes one record.
 *
 * @property fields {name, type, label, …} as `fields.js` knows them
 * @property onsave of the body, and of what was altered in it; what it throws is shown
 * @property mine what was altered in a form before this one, and could not be saved: it is kept
 * @property onremove where it may be taken away
 */
class RecordForm extends View {
  /** Its id in the address, `new` for one that is not there yet. */
  record = null;
  heading = '';
  fields = [];
  value = {};
  hint = '';
  /** What is said from the start. */
  said = '';
  readonly = false;
  mine = null;
  onsave = async () => {};
  onremove = null;
  onclosed = () => {};
  extra = null;
  #opened = {};
  #warned = false;
  #busy = false;

  draw() {
    this.note = h('p', { class: `note ${this.said ? 'bad' : ''}`, role: 'status' }, this.said);
    this.form = h('form', { class: 'form', on: { submit: (event) => this.#save(event), change: () => this.#fit(), input: () => (this.#warned = false) } },
      this.fields.map((field) => (field.heading ? h('div', { class: 'form-heading', data: { field: field.name ?? '' } }, h('h3', null, field.heading), field.hint && h('small', { class: 'hint' }, field.hint)) : labelled(field, this.value))),
      !this.readonly && h('div', { class: 'form-actions' },
        h('button', { type: 'submit', class: 'primary' }, t('form.save')),
        this.onremove && h('button', { type: 'button', class: 'quiet danger', on: { click: (event) => this.#remove(event.target.closest('button')) } }, icon('trash'), t('form.remove')),
        this.note));
    fill(this, h('section', { class: 'drawer', role: 'dialog', 'aria-label': this.heading, tabindex: '-1' },
      h('div', { class: 'drawer-body' },
        h('header', { class: 'drawer-head' }, h('div', { class: 'drawer-top' }, h('h2', null, this.heading),
          h('button', { type: 'button', class: 'ghost square drawer-close', title: t('detail.close'), 'aria-label': t('detail.close'), on: { click: () => this.#leave() } }, icon('close'))),
        this.hint && h('p', { class: 'hint' }, this.hint)),
        this.form, this.extra)));
    this.#opened = this.body;
    this.#keepMine();
    this.#fit();
    if (this.readonly) {
      this.form.querySelectorAll('input, select, textarea, button').forEach((input) => (input.disabled = true));
    }
    this.querySelector('input:not(:disabled), select')?.focus();
    this.addEventListener('keydown', (event) => event.key === 'Escape' && (event.preventDefault(), this.#leave()));
  }

  /** What one wrote stays, beside what another has changed meanwhile. */
  #keepMine() {
    for (const field of this.#inputs.filter(({ name }) => this.mine?.names.includes(name))) {
      const kept = labelled(field, this.mine.values);
      kept.append(h('small', { class: 'hint kept' }, t('form.kept')));
      this.form.querySelector(`[data-field="${CSS.escape(field.name)}"]`).replaceWith(kept);
    }
  }

  /** One key does not throw away what was written. */
  #leave() {
    if (!this.readonly && !this.#warned && this.#altered.length) {
      this.#warned = true;
      this.note.classList.add('bad');
      this.note.textContent = t('form.unsaved');
      this.note.scrollIntoView({ block: 'nearest' });
    } else {
      this.onclosed();
    }
  }

  /** What the fields say now. */
  get body() {
    return valuesOf(this.#inputs, this.form);
  }

  /** Whether there is something in it that is not saved. */
  get written() {
    return this.#altered.length > 0;
  }

  get #inputs() {
    return this.fields.filter(({ fixed, heading }) => !fixed && !heading);
  }

  get #altered() {
    return altered(this.#inputs, this.#opened, this.body);
  }

  /** Shows the fields that what is chosen asks for. */
  #fit() {
    for (const { name, when } of this.fields.filter((field) => field.when)) {
      const element = this.form.querySelector(`[data-field="${name}"]`);
      element.hidden = !when(this.body);
      element.querySelectorAll('input, select, textarea').forEach((input) => (input.disabled = element.hidden));
    }
  }

  /** Says what is wrong where it is wrong; what has no place here is left for the note. */
  #mark(errors) {
    this.form.querySelectorAll('.field-wrong').forEach((said) => said.remove());
    this.form.querySelectorAll('[aria-invalid]').forEach((input) => input.removeAttribute('aria-invalid'));
    const left = errors.filter((error) => !this.#markOne(error));
    this.form.querySelector('[aria-invalid]')?.focus();
    return left;
  }

  #markOne(error) {
    const place = placeOf(this.form, error.field ?? '');
    const input = place?.querySelector('input:not(:disabled), select:not(:disabled), textarea:not(:disabled), button');
    if (!place) {
      return false;
    }
    input?.setAttribute('aria-invalid', 'true');
    place.append(h('small', { class: 'field-wrong' }, icon('warn'), [error.value, refusal(error.reason)].filter(Boolean).join(': ')));
    return true;
  }

  async #save(event) {
    event.preventDefault();
    await this.#try(() => this.onsave(this.body, { names: this.#altered, values: this.body }));
  }

  /** Asks once more, in place. */
  async #remove(button) {
    if (!button.dataset.sure) {
      button.dataset.sure = 'true';
      button.lastChild.textContent = t('form.sure');
      return;
    }
    await this.#try(() => this.onremove());
  }

  async #try(action) {
    // pressed twice it is still made once
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    this.#mark([]);
    this.note.classList.remove('bad');
    this.note.textContent = t('form.saving');
    try {
      await action();
      this.note.textContent = t('form.saved');
    } catch (problem) {
      this.note.classList.add('bad');
      const errors = problem.errors ?? [];
      const left = this.#mark(errors);
      this.note.textContent = errors.length && !left.length ? t('form.wrong') : words({ ...problem, message: problem.message, errors: left });
      this.note.scrollIntoView({ block: 'nearest' });
    }
    this.#busy = false;
  }
}

/** The field that a path such as `escalations[0].tell.roles[1]` is of, the innermost that is there. */
function placeOf(form, path) {
  let root = form;
  let found = null;
  let name = '';
  for (const step of path.split('.')) {
    const [, word, index] = /^([^[]*)(?:\[(\d+)])?$/.exec(step) ?? [null, step];
    name = name ? `${name}.${word}` : word;
    const next = root.querySelector(`[data-field="${CSS.escape(name)}"]:not([hidden])`);
    if (next) {
      found = next;
      const inner = next.querySelector(`[data-part="${CSS.escape(name)}"]`) ?? next.querySelectorAll(`[data-parts="${CSS.escape(name)}"] > fieldset`)[index];
      if (inner) {
        root = inner;
        found = inner;
        name = '';
      }
    }
  }
  return found;
}

customElements.define('record-form', RecordForm);

import { h, fill, View } from '../dom.js';
import { t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { words } from '../words.js';
import { control, valueOf } from './fields.js';

/**
 * A drawer that makes or changes one record.
 *
 * @property fields {name, type, label, …} as `fields.js` knows them
 * @property onsave of the body; what it throws is shown
 * @property onremove where it may be taken away
 */
class RecordForm extends View {
  heading = '';
  fields = [];
  value = {};
  hint = '';
  readonly = false;
  onsave = async () => {};
  onremove = null;
  onclosed = () => {};
  extra = null;

  draw() {
    this.note = h('p', { class: 'note', role: 'status' });
    this.form = h('form', { class: 'form', on: { submit: (event) => this.#save(event) } },
      this.fields.map((field) => h(field.type === 'channels' || field.type === 'check' ? 'div' : 'label', { class: `field field-${field.type ?? 'text'}` },
        field.type !== 'check' && h('span', null, field.label, field.required && h('i', { 'aria-hidden': 'true' }, ' *')),
        control(field, this.value[field.name]),
        field.hint && h('small', { class: 'hint' }, field.hint))),
      !this.readonly && h('div', { class: 'form-actions' },
        h('button', { type: 'submit', class: 'primary' }, t('form.save')),
        this.onremove && h('button', { type: 'button', class: 'quiet danger', on: { click: (event) => this.#remove(event.target.closest('button')) } }, icon('trash'), t('form.remove')),
        this.note));
    fill(this, h('section', { class: 'drawer', role: 'dialog', 'aria-label': this.heading, tabindex: '-1' },
      h('div', { class: 'drawer-body' },
        h('header', { class: 'drawer-head' }, h('div', { class: 'drawer-top' }, h('h2', null, this.heading),
          h('button', { type: 'button', class: 'ghost square drawer-close', title: t('detail.close'), 'aria-label': t('detail.close'), on: { click: () => this.onclosed() } }, icon('close'))),
        this.hint && h('p', { class: 'hint' }, this.hint)),
        this.form, this.extra)));
    if (this.readonly) {
      this.form.querySelectorAll('input, select, textarea, button').forEach((input) => (input.disabled = true));
    }
    this.querySelector('input:not(:disabled), select')?.focus();
    this.addEventListener('keydown', (event) => event.key === 'Escape' && (event.preventDefault(), this.onclosed()));
  }

  /** What the fields say now. */
  get body() {
    return Object.fromEntries(this.fields.filter(({ fixed }) => !fixed).map((field) => [field.name, valueOf(field, this.form)]));
  }

  async #save(event) {
    event.preventDefault();
    await this.#try(() => this.onsave(this.body));
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
    this.note.classList.remove('bad');
    this.note.textContent = t('form.saving');
    try {
      await action();
      this.note.textContent = t('form.saved');
    } catch (problem) {
      this.note.classList.add('bad');
      this.note.textContent = words(problem);
    }
  }
}

customElements.define('record-form', RecordForm);

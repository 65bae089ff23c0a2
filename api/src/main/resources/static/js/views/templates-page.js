import { get, post, put, remove } from '../api.js';
import { calm } from '../calm.js';
import { h, fill, refill, View } from '../dom.js';
import { dateTime, lang, said, t } from '../i18n/i18n.js';
import { here, put as goTo, route } from '../router.js';
import { store } from '../store.js';
import { refusal, words } from '../words.js';

const LANGUAGES = [['ko', '한국어'], ['en', 'English']];
const FIELDS = [['subject', 200, 1], ['body', 4000, 8], ['short', 500, 3]];
const CALM_MILLIS = 300;

/** What notices say, in both languages; what is written is shown as its reader would see it. */
class TemplatesPage extends View {
  #texts = [];
  #chosen = null;
  #tried = 0;
  /** What was written and not saved, by event and language. */
  #drafts = new Map();

  draw() {
    this.languages = h('div', { class: 'chips', role: 'group', 'aria-label': t('recipient.language') });
    this.select = h('select', { 'aria-label': t('nav.templates'), on: { change: () => goTo({ event: this.select.value }) } });
    this.kinds = h('nav', { class: 'panel text-kinds', 'aria-label': t('nav.templates') });
    this.form = h('form', { class: 'panel form text-edit', on: { submit: (event) => this.#save(event), input: () => this.try() } });
    this.shown = h('section', { class: 'panel text-shown', 'aria-live': 'polite' });
    this.try = calm(CALM_MILLIS, () => this.isConnected && this.#try());
    fill(this,
      h('header', { class: 'page-head' }, h('h1', null, t('nav.templates')), this.select, this.languages, h('p', { class: 'page-hint' }, t('templates.hint'))),
      h('div', { class: 'texts' }, this.kinds, this.form, this.shown));
    this.#load();
  }

  start() {
    this.on(route, 'change', () => here().page === 'templates' && this.#follow());
  }

  async #load() {
    try {
      this.#texts = (await get('/api/templates')).items;
      this.isConnected && this.#follow(true);
    } catch (problem) {
      fill(this.form, h('p', { class: 'message bad' }, words(problem)), h('button', { type: 'button', on: { click: () => this.#load() } }, t('list.retry')));
    }
  }

  /** What the address names: an event, and a language. */
  #follow(anew = false) {
    const { params } = here();
    const language = params.get('language') ?? lang();
    const event = params.get('event') ?? 'OPENED';
    const found = this.#texts.find((text) => text.event === event && text.language === language);
    if (!found || (found === this.#chosen && !anew)) {
      return;
    }
    anew || this.#keep();
    this.#chosen = found;
    refill(this.languages, LANGUAGES.map(([code, name]) => h('button', {
      type: 'button', class: 'chip', 'aria-pressed': String(code === language), on: { click: () => goTo({ language: code }) },
    }, name)));
    const kinds = this.#texts.filter((text) => text.language === language);
    fill(this.select, kinds.map((text) => h('option', { value: text.event, selected: text.event === event }, said('templates', text.event))));
    refill(this.kinds, kinds.map((text) => h('button', {
      type: 'button', 'aria-current': text.event === event ? 'true' : null, on: { click: () => goTo({ event: text.event }) },
    }, said('templates', text.event), !text.builtIn && h('small', { class: 'tag' }, t('templates.own')))));
    this.#edit(found);
    this.#try();
  }

  /** Who looks at another text meanwhile finds this one as it was left. */
  #keep() {
    const inputs = this.#chosen && this.form.elements.body ? FIELDS.map(([name]) => this.form.elements[name]) : [];
    inputs.some((input) => input.value !== input.defaultValue) && this.#drafts.set(this.#path(), this.#written());
  }

  #edit(text) {
    const mine = store.role === 'ADMIN';
    const draft = this.#drafts.get(this.#path());
    this.#drafts.delete(this.#path());
    this.note = h('span', { class: 'note', role: 'status' }, draft && t('templates.unsaved'));
    fill(this.form,
      h('p', { class: 'hint' }, text.builtIn ? t('templates.builtIn') : t('templates.changed', { who: text.changedBy, time: dateTime(Date.parse(text.changedAt)) })),
      FIELDS.map(([name, most, rows]) => h('label', { class: 'field' }, h('span', null, t(`templates.${name}`)), rows === 1
        ? h('input', { name, maxlength: String(most), required: true, autocomplete: 'off', value: text[name], readOnly: !mine })
        : h('textarea', { name, maxlength: String(most), rows: String(rows), required: true, readOnly: !mine }, text[name]))),
      mine && h('div', { class: 'field' }, h('span', null, t('templates.names')), h('div', { class: 'text-names' },
        text.placeholders.map((name) => h('button', { type: 'button', on: { mousedown: (event) => event.preventDefault(), click: () => this.#insert(name) } }, said('templates.name', name))))),
      mine && h('div', { class: 'form-actions' },
        h('button', { type: 'submit', class: 'primary' }, t('form.save')),
        !text.builtIn && h('button', { type: 'button', class: 'quiet', on: { click: () => this.#reset() } }, t('templates.reset')),
        this.note));
    draft && FIELDS.forEach(([name]) => (this.form.elements[name].value = draft[name]));
  }

  /** Where the reader writes, else at the end of the long text. */
  #insert(name) {
    const focused = this.form.contains(document.activeElement) && document.activeElement.name ? document.activeElement : this.form.elements.body;
    focused.focus();
    focused.setRangeText(`{${name}}`, focused.selectionStart, focused.selectionEnd, 'end');
    this.try();
  }

  #written() {
    return Object.fromEntries(FIELDS.map(([name]) => [name, this.form.elements[name].value]));
  }

  async #try() {
    const text = this.#chosen;
    if (!text || !this.form.elements.body) {
      return;
    }
    const turn = ++this.#tried;
    let content;
    try {
      const message = await post('/api/templates/preview', { event: text.event, language: text.language, ...this.#written() });
      content = FIELDS.map(([name]) => h('div', null, h('h3', null, t(`templates.as.${name}`)), h('blockquote', { lang: text.language }, message[name])));
    } catch (problem) {
      content = h('p', { class: 'message bad' }, problem.errors?.map(({ field, value, reason }) => [t(`templates.${field}`), value, refusal(reason)].filter(Boolean).join(': ')).join('\n') || words(problem));
    }
    if (turn === this.#tried && this.isConnected) {
      fill(this.shown, h('h2', null, t('templates.preview')), content);
    }
  }

  async #save(event) {
    event.preventDefault();
    await this.#do(() => put(this.#path(), this.#written()), t('form.saved'));
  }

  #reset() {
    return this.#do(() => remove(this.#path()), t('templates.isBuiltIn'));
  }

  async #do(action, done) {
    try {
      await action();
      await this.#load();
      this.note.textContent = done;
    } catch (problem) {
      this.note.classList.add('bad');
      this.note.textContent = words(problem);
    }
  }

  #path() {
    return `/api/templates/${this.#chosen.event}/${this.#chosen.language}`;
  }
}

customElements.define('templates-page', TemplatesPage);

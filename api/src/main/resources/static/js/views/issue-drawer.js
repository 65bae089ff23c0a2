import { sharedOf } from '../about.js';
import { get, patch, post, tagOf } from '../api.js';
import { h, fill, sure, View, write } from '../dom.js';
import { dateTime, day, said, span, t, zone } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { version } from '../open-issues.js';
import { stepText } from '../plain.js';
import { cameraLink, outageLink } from '../router.js';
import { nameOf, store } from '../store.js';
import { iconOf, verdictOfKind } from '../verdicts.js';
import { fromField, toField, words } from '../words.js';
import { because } from './because.js';
import './told.js';

const STEPS = { OPEN: ['IN_PROGRESS', 'RESOLVED', 'CANCELLED'], IN_PROGRESS: ['RESOLVED', 'CANCELLED'], RESOLVED: [], CANCELLED: [] };
/** A button that is being pressed stays until it was. */
const LEFT_MILLIS = 400;
/** Comments that were begun and not sent, of this reader; the drawer may be closed meanwhile. */
const begun = new Map();

/** One issue: who is at it, when somebody goes there, what was done. */
class IssueDrawer extends View {
  issue = null;
  onclosed = () => {};
  #value = null;
  #busy = false;

  draw() {
    this.note = h('p', { class: 'note', role: 'status' });
    this.body = h('div', { class: 'drawer-body' });
    this.box = h('section', { class: 'drawer', role: 'dialog', 'aria-label': t('nav.issues'), tabindex: '-1', on: { keydown: (event) => this.#leave(event) } }, this.body);
    fill(this, this.box);
    this.#load({ first: true });
    this.box.focus();
  }

  start() {
    this.on(store, 'issues', () => this.#told(), 200);
    this.every(1000, () => this.#value && this.time && write(this.time, lasts(this.#value)));
    this.on(this, 'focusout', () => setTimeout(() => this.isConnected && this.#told(), LEFT_MILLIS));
    this.onleave(() => this.#keep());
  }

  /** Out of a field first, so that what is written is not lost by one key; then out of the drawer. */
  #leave(event) {
    if (event.key === 'Escape' && /^(INPUT|TEXTAREA)$/.test(event.target.tagName)) {
      event.preventDefault();
      this.box.focus();
    }
  }

  /** @param sent the form that was taken; what is written in others stays */
  async #load({ first = false, sent = null } = {}) {
    try {
      this.#value = await get(`/api/issues/${encodeURIComponent(this.issue)}`);
      this.isConnected && this.#show(sent);
    } catch (problem) {
      first && fill(this.body, this.#close(), h('p', { class: 'message bad' }, words(problem)));
    }
  }

  /** Somebody else, or the engine, changed it: what the reader is writing stays, what was said of it before does not. */
  async #told() {
    const told = store.lastIssues.get(this.issue) ?? store.issues.get(this.issue);
    if (!told || !this.#value || this.#busy) {
      return;
    }
    if (version(told) > version(this.#value) && !this.#field()) {
      const before = this.#value.status;
      await this.#load();
      this.note.textContent && !this.#busy && this.#say(this.#value.status === before ? '' : this.#latest(), true);
    }
  }

  /** Where the reader writes just now. */
  #field() {
    const at = document.activeElement;
    return at?.closest('form') && this.body.contains(at) ? at : null;
  }

  #keep() {
    const text = this.body.querySelector('form [name=text]');
    text?.value && begun.set(this.#key(), text.value);
  }

  #key() {
    return `${store.user} ${this.issue}`;
  }

  #say(words, bad = false) {
    this.note.classList.toggle('bad', bad);
    this.note.textContent = words;
  }

  /** What happened to it last. */
  #latest() {
    const step = this.#value.timeline.at(-1);
    return [said('step', step.step), wordsOf(step)].filter(Boolean).join(': ');
  }

  /** @param status that it is to have then */
  async #do(action, done, { sent = null, status = null } = {}) {
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    this.#say('');
    try {
      await action();
      await this.#load({ sent });
      // what was asked for may be undone by now
      this.#value.status === (status ?? this.#value.status) ? this.#say(t(done)) : this.#say(this.#latest(), true);
    } catch (problem) {
      problem.status === 412 || problem.status === 409 ? await this.#load() : null;
      this.#say(words(problem), true);
    }
    this.note.scrollIntoView({ block: 'nearest' });
    this.#busy = false;
    this.#told();
  }

  #path(rest = '') {
    return `/api/issues/${encodeURIComponent(this.issue)}${rest}`;
  }

  #step(status) {
    return this.#do(() => patch(this.#path(), { status }, tagOf(this.#value)), `issue.done.${status}`, { status });
  }

  #save(event) {
    event.preventDefault();
    const { assignee, details, visit } = event.target.elements;
    const altered = (input) => input.value !== input.defaultValue;
    // a field has minutes: what was not altered is not sent back without its seconds
    const body = {
      ...(altered(assignee) && { assignee: assignee.value || null }),
      ...(altered(details) && { details: details.value || null }),
      ...(altered(visit) && { plannedVisitAt: fromField(visit.value) }),
    };
    document.activeElement?.blur();
    return this.#do(() => patch(this.#path(), body, tagOf(this.#value)), 'issue.saved', { sent: event.target });
  }

  #comment(event) {
    event.preventDefault();
    const text = new FormData(event.target).get('text').trim();
    document.activeElement?.blur();
    const send = async () => {
      await post(this.#path('/comments'), { text });
      begun.delete(this.#key());
    };
    return text ? this.#do(send, 'issue.commented', { sent: event.target }) : null;
  }

  #close() {
    return h('button', { type: 'button', class: 'ghost square drawer-close', title: t('detail.close'), 'aria-label': t('detail.close'), on: { click: () => this.onclosed() } }, icon('close'));
  }

  #show(sent = null) {
    const written = [...this.body.querySelectorAll('form [name]')].filter((input) => input.form !== sent && input.value !== input.defaultValue).map(({ name, value }) => [name, value]);
    const held = this.#field();
    const chosen = held && 'selectionStart' in held ? [held.selectionStart, held.selectionEnd] : null;
    const issue = this.#value;
    const verdict = verdictOfKind(issue.kind);
    fill(this.body,
      h('header', { class: 'drawer-head', data: { verdict } },
        h('div', { class: 'drawer-top' }, h('span', { class: 'badge', data: { verdict } }, icon(iconOf(verdict)), t('board.title', { kind: t(`kind.${issue.kind}`) })),
          h('b', { class: `state state-${issue.status}` }, t(`issue.status.${issue.status}`)), this.#close()),
        h('h2', null, h('a', { href: cameraLink(issue.cameraId) }, nameOf(issue.cameraId))),
        h('p', { class: 'because' }, said('reason', issue.reason)),
        this.time = h('p', { class: 'hint' }, lasts(issue)),
        issue.resolution && h('p', { class: 'hint' }, said('ending', issue.resolution)),
        issue.verification?.until && h('p', { class: 'hint' }, t('issue.verifying')),
        issue.flapping && h('p', { class: 'hint' }, t('board.flappingWhy')),
        issue.outageId && h('p', null, h('a', { href: outageLink(issue.outageId) }, icon('outage'), ' ', t('board.ofOutage')))),
      because(issue),
      h('div', { class: 'drawer-steps' }, steps(issue.status).map((status, i) => h('button', {
        type: 'button', class: i === 0 ? 'primary' : status === 'CANCELLED' ? 'quiet' : '', on: { click: (event) => (status !== 'CANCELLED' || sure(event.currentTarget, t('issue.sure'))) && this.#step(status) },
      }, t(`issue.do.${status}`))), this.note),
      store.works ? h('form', { class: 'form', on: { submit: (event) => this.#save(event) } },
        field(t('issue.assignee'), h('input', { name: 'assignee', maxlength: '200', value: issue.assignee ?? '', autocomplete: 'off' })),
        field(`${t('issue.visit')} (${zone()})`, h('input', { name: 'visit', type: 'datetime-local', value: toField(issue.plannedVisitAt) })),
        field(t('issue.details'), h('textarea', { name: 'details', rows: '3', maxlength: '10000' }, (issue.details ?? '').replaceAll('\r\n', '\n'))),
        h('button', { type: 'submit' }, t('form.save'))) : known(issue),
      this.#toldOf(issue),
      this.#comments(),
      h('section', { class: 'history' }, h('h3', null, t('issue.timeline')), h('ol', null, (issue.timeline ?? []).toReversed().map((entry) => step(entry)))));
    for (const [name, value] of written) {
      const input = this.body.querySelector(`form [name="${name}"]`);
      input && (input.value = value);
    }
    this.#restore(held, chosen);
    // the button that was pressed may be gone: the keyboard goes on in here
    document.activeElement === document.body && this.box.focus({ preventScroll: true });
  }

  /** What was begun is there again, and who went on writing meanwhile does so in the same place. */
  #restore(held, chosen) {
    const text = this.body.querySelector('form [name=text]');
    text && !text.value && begun.has(this.#key()) && (text.value = begun.get(this.#key()));
    begun.delete(this.#key());
    const again = held?.name && this.body.querySelector(`form [name="${held.name}"]`);
    again && again.focus({ preventScroll: true });
    again && chosen?.[0] != null && again.setSelectionRange(...chosen);
  }

  /** It stays the same element while the issue does, and does not flicker. */
  #toldOf({ id, outageId }) {
    if (this.told?.issue !== id || this.told.outage !== outageId) {
      this.told = h('told-list', { issue: id, outage: outageId });
    }
    return this.told;
  }

  /** Offered where the server takes comments. */
  #comments() {
    return store.works && store.dashboard.features.includes('issues/comments') && h('form', { class: 'form comment', on: { submit: (event) => this.#comment(event) } },
      field(t('issue.comment'), h('textarea', { name: 'text', rows: '2', maxlength: '2000', required: true, 'aria-describedby': 'comment-readers' })),
      h('p', { class: 'hint', id: 'comment-readers' }, t('issue.commentReaders')),
      h('button', { type: 'submit' }, t('issue.send')));
  }
}

/** What the reader may do next: a recipient cannot cancel, a viewer does nothing. */
const steps = (status) => (store.works ? STEPS[status].filter((step) => step !== 'CANCELLED' || store.role !== 'RECIPIENT') : []);

/** For who only looks. */
function known({ assignee, plannedVisitAt, details }) {
  const facts = [['assignee', assignee], ['visit', plannedVisitAt && day(Date.parse(plannedVisitAt))], ['details', details]].filter(([, value]) => value);
  return facts.length > 0 && h('dl', { class: 'form' }, facts.map(([name, value]) => h('div', { class: 'field' }, h('dt', null, t(`issue.${name}`)), h('dd', null, value))));
}

const field = (label, input) => h('label', { class: 'field' }, h('span', null, label), input);

/** How long it lasts, or did. */
const lasts = ({ openedAt, resolvedAt }) =>
  t(resolvedAt ? 'board.lasted' : 'detail.since', { span: span((resolvedAt ? Date.parse(resolvedAt) : Date.now()) - Date.parse(openedAt)), time: dateTime(Date.parse(openedAt)) });

function wordsOf({ who, step: name, text, was }) {
  const shown = (value) => (name === 'VISIT_PLANNED' && value ? day(Date.parse(value)) : value);
  // what a person wrote stays as it is
  const shownText = who === 'system' ? stepText(text) : shown(text);
  return name === 'OPENED' ? said('reason', text) : name === 'OUTAGE' ? sharedOf(text) : was ? `${shown(was)} → ${shown(text) || '–'}` : shownText;
}

function step(entry) {
  const { at, who, step: name } = entry;
  const words = wordsOf(entry);
  return h('li', { data: { verdict: name === 'OPENED' ? 'LINE_FAULT' : name === 'RESOLVED' || name === 'FAULT_ENDED' ? 'HEALTHY' : 'ALL' } },
    h('span', { class: 'what' }, said('step', name), h('small', { class: 'hint' }, who === 'system' ? t('step.system') : who)),
    h('time', { datetime: at }, dateTime(Date.parse(at))),
    words && h('span', { class: 'why' }, words));
}

customElements.define('issue-drawer', IssueDrawer);

import { post } from '../api.js';
import { h, fill, View } from '../dom.js';
import { lasting, number, said, t, timeOfDay, zone } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { why } from '../plain.js';
import { here, put, route } from '../router.js';
import { nameOf, store } from '../store.js';
import { fromField, toField, words } from '../words.js';

const KINDS = ['LINE', 'CAMERA', 'STREAM_SERVER', 'DEGRADED'];
const OF_VERDICT = { LINE_FAULT: 'LINE', CAMERA_FAULT: 'CAMERA', STREAM_SERVER_FAULT: 'STREAM_SERVER', DEGRADED: 'DEGRADED' };
const OFFERED = 40;
const LATER = 8;
const DAY = 86_400_000;

/** A fault that is thought of: who would be told, on what, when and why; and who would not. Nobody is told. */
class PolicyTrial extends View {
  #asked = null;
  #runs = 0;

  draw() {
    this.offers = h('datalist', { id: 'trial-cameras' });
    this.camera = h('input', { list: 'trial-cameras', autocomplete: 'off', maxlength: '100', placeholder: t('trial.choose'), on: {
      input: () => this.#offer(), focus: () => { this.#offer(); this.camera.select(); }, change: () => put({ camera: this.camera.value.trim() }),
    } });
    this.kind = h('select', { on: { change: () => put({ kind: this.kind.value }) } }, KINDS.map((kind) => h('option', { value: kind }, said('kind', kind))));
    this.at = h('input', { type: 'datetime-local', on: { change: () => put({ at: this.at.value }) } });
    this.result = h('div', { class: 'trial-result', role: 'status' });
    const field = (label, input, hint) => h('label', { class: 'field' }, h('span', null, label), input, hint);
    fill(this, h('section', { class: 'panel trial', 'aria-label': t('trial.title') },
      h('div', { class: 'panel-head' }, h('h2', null, t('trial.title')), h('span', { class: 'hint' }, t('trial.hint'))),
      h('div', { class: 'trial-body' },
        h('form', { class: 'trial-form', on: { submit: (event) => { event.preventDefault(); this.run(); } } },
          field(t('trial.camera'), this.camera, this.named = h('small', { class: 'hint' })), field(t('trial.kind'), this.kind), field(t('trial.at'), this.at, h('small', { class: 'hint' }, zone()))),
        this.offers, this.result)));
    this.#asked = null;
    this.#follow();
  }

  start() {
    this.on(route, 'change', () => this.#follow());
    this.on(store, 'cameras', () => this.#asked === null && this.#follow(), 500);
  }

  #offer() {
    const sought = this.camera.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = [];
    for (const camera of store.order) {
      if (sought.every((word) => camera.text.includes(word)) && found.push(camera) === OFFERED) {
        break;
      }
    }
    fill(this.offers, found.map(({ id, name, line, district }) => h('option', { value: id, label: [name, line, district].filter(Boolean).join(' · ') })));
  }

  /** What the address asks for; else of the camera that is worst off. */
  #follow() {
    const { page, params } = here();
    const camera = params.get('camera') ?? store.order[0]?.id;
    if (page !== 'policies' || !camera) {
      store.loading || fill(this.result, h('p', { class: 'hint' }, t('trial.noCamera')));
      return;
    }
    const kind = KINDS.includes(params.get('kind')) ? params.get('kind') : OF_VERDICT[store.cameras.get(camera)?.verdict] ?? 'LINE';
    const at = params.get('at') ?? '';
    const asked = JSON.stringify([camera, kind, at]);
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.camera.value = camera;
      this.named.textContent = nameOf(camera) === camera ? '' : nameOf(camera);
      this.kind.value = kind;
      this.at.value = at;
      this.run();
    }
  }

  async run() {
    if (!this.camera?.value) {
      return;
    }
    const run = ++this.#runs;
    try {
      const trial = await post('/api/policies/try', { cameraId: this.camera.value.trim(), kind: this.kind.value, at: fromField(this.at.value) });
      run === this.#runs && this.isConnected && this.#show(trial);
    } catch (problem) {
      run === this.#runs && fill(this.result, h('p', { class: 'message bad' }, words(problem)));
    }
  }

  #show(trial) {
    const at = Date.parse(trial.at);
    this.at.value ||= '';
    this.at.title = toField(trial.at);
    fill(this.result,
      h('p', { class: 'trial-says' }, icon(trial.told.length ? 'policy' : 'minus'), h('span', null,
        trial.policy ? h('button', { type: 'button', class: 'link', on: { click: () => put({ edit: trial.policy.id }) } }, why(trial.reason)) : why(trial.reason))),
      trial.afterRounds > 1 && h('p', { class: 'hint' }, t('trial.afterRounds', { count: number(trial.afterRounds) })),
      trial.maintenance && h('p', { class: 'hint' }, t('trial.maintenance', { name: trial.maintenance.name, until: moment(trial.maintenance.until, at) })),
      part(t('trial.told'), trial.told.length ? h('ul', { class: 'trial-told' }, trial.told.map((one) => reader(one, at))) : h('p', { class: 'hint' }, t('trial.nobody'))),
      trial.later.length > 0 && part(t('trial.later'), h('ol', { class: 'trial-later' }, trial.later.slice(0, LATER).map((step) => h('li', null,
        h('b', null, t('trial.after', { span: lasting(Date.parse(step.at) - at) })), ' ', said('feed.event', step.event), h('small', { class: 'hint' }, ` ${moment(step.at, at)}`),
        h('span', { class: 'trial-who' }, step.told.map((one) => `${one.name} (${[...new Set(one.channels.map(({ channel }) => said('channel', channel)))].join(', ')})`).join(', '))))),
      trial.later.length > LATER && h('p', { class: 'hint' }, t('issues.more', { count: number(trial.later.length - LATER) }))),
      trial.recovered.length > 0 && part(t('trial.recovered'), h('p', null, trial.recovered.map(({ name }) => name).join(', '))),
      trial.notTold.length > 0 && more(t('trial.notTold', { count: number(trial.notToldInAll) }), trial.notTold),
      trial.passedOver.length > 0 && more(t('trial.passedOver', { count: number(trial.passedOver.length) }), trial.passedOver));
  }
}

const part = (title, ...content) => h('section', { class: 'trial-part' }, h('h3', null, title), content);

const more = (title, items) => h('details', { class: 'trial-part' }, h('summary', null, title), h('ul', { class: 'trial-not' }, items.map(({ name, reason, recipientId, policyId }) => h('li', null, h('b', null, name || recipientId || policyId), ' ', h('span', null, why(reason))))));

const moment = (instant, from) => timeOfDay(Date.parse(instant), Math.abs(Date.parse(instant) - from) > DAY / 2);

function reader({ name, role, reason, channels }, at) {
  return h('li', null,
    h('span', { class: 'trial-name' }, h('b', null, name), ' ', h('small', { class: 'hint' }, said('role', role))),
    h('span', { class: 'tags' }, channels.map(({ channel, heldUntil }) => h('span', { class: `tag ${heldUntil ? 'held' : ''}` },
      `${said('channel', channel)} · ${heldUntil ? t('trial.held', { time: moment(heldUntil, at) }) : t('trial.atOnce')}`))),
    h('small', { class: 'trial-why' }, why(reason)));
}

customElements.define('policy-trial', PolicyTrial);

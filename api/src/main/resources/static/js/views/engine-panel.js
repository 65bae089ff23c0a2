import { h, refill, View } from '../dom.js';
import { number, said, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { help } from '../plain.js';
import { store } from '../store.js';

const KEPT = 60;
export const GOOD = ['RUNNING', 'ELSEWHERE'];

/** Whether the monitor itself sees, and how fast it looks. */
class EnginePanel extends View {
  #rates = [];

  draw() {
    this.#update();
  }

  start() {
    this.on(store, 'status', () => this.#update());
  }

  #update() {
    const engine = store.status?.engine;
    const opened = this.querySelector('details')?.open ?? false;
    if (!engine) {
      refill(this, h('div', { class: 'panel-head' }, h('h2', null, t('engine.title'))), h('p', { class: 'message' }, t('live.connecting')));
      return;
    }
    const state = stateOf(engine);
    const closed = engine.icmp === 'unavailable' && state !== 'ELSEWHERE';
    this.#rates.push(engine.probesPerSecond ?? 0);
    this.#rates = this.#rates.slice(-KEPT);
    refill(this,
      h('div', { class: 'panel-head' }, h('h2', null, t('engine.title')),
        h('b', { class: 'engine-state', data: { good: String(GOOD.includes(state)) } }, icon(GOOD.includes(state) ? 'healthy' : 'warn'), said('engine.state', state))),
      h('div', { class: 'engine-body' },
        !GOOD.includes(state) && h('p', { class: 'engine-alarm' }, said('engine.means', state)),
        state !== 'ELSEWHERE' && h('div', { class: 'engine-rate' },
          h('b', null, number(engine.probesPerSecond, engine.probesPerSecond < 10 ? 1 : 0)), h('span', null, t('engine.rate')), this.#line()),
        state === 'ELSEWHERE' ? h('p', { class: 'hint' }, t('engine.means.ELSEWHERE')) : h('dl', { class: 'engine-figures' },
          figure(t('engine.lateness'), `${number(engine.latenessP99Ms, 1)} ms`),
          figure(t('engine.icmp'), t(`engine.icmp.${engine.icmp}`), closed),
          figure(t('engine.cameras'), number(engine.cameras ?? store.status.cameras)),
          figure(t('engine.inconclusive'), number(engine.inconclusive))),
        closed && h('div', { class: 'banner' }, icon('warn'),
          h('div', null, h('p', null, t('engine.noIcmp')),
            engine.icmpHelp && h('details', { open: opened }, h('summary', null, t('engine.help')), h('p', { class: 'help' }, help(engine.icmpHelp)))))));
  }

  /** The rate of the last minutes; a decoration, the figure stands beside it. */
  #line() {
    const top = Math.max(...this.#rates, 1);
    const bars = this.#rates.map((rate) => {
      const bar = h('i');
      bar.style.height = `${Math.max(4, (100 * rate) / top)}%`;
      return bar;
    });
    return h('span', { class: 'engine-line', 'aria-hidden': 'true' }, bars);
  }
}

/** Where this process does not probe, another one does. */
export function stateOf(engine) {
  return !engine.state || engine.state === 'ABSENT' ? 'ELSEWHERE' : engine.state;
}

function figure(label, value, bad = false) {
  return h('div', { class: bad ? 'bad' : '' }, h('dt', null, label), h('dd', null, value));
}

customElements.define('engine-panel', EnginePanel);

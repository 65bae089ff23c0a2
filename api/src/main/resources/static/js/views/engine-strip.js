import { h, fill, View } from '../dom.js';
import { number, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { store } from '../store.js';

class EngineStrip extends View {
  draw() {
    this.open = false;
    this.#update();
  }

  start() {
    this.on(store, 'status', () => this.#update());
  }

  #update() {
    const engine = store.status?.engine;
    if (!engine) {
      fill(this);
      return;
    }
    // probed by another process: there is nothing to allow here
    const elsewhere = engine.cameras === 0 && store.status.cameras > 0 && engine.probesPerSecond === 0;
    const closed = engine.icmp === 'unavailable' && !elsewhere;
    const opened = this.querySelector('details')?.open ?? false;
    fill(this,
      h('dl', { class: 'engine', 'aria-label': t('engine.title') },
        figure(t('engine.rate'), number(engine.probesPerSecond, 1), 'pulse'),
        figure(t('engine.lateness'), `${number(engine.latenessP99Ms, 1)} ms`),
        figure(t('engine.icmp'), t(`engine.icmp.${elsewhere ? 'elsewhere' : engine.icmp}`), null, closed ? 'bad' : ''),
        figure(t('engine.inconclusive'), number(engine.inconclusive)),
        figure(t('issues.title'), number(store.status.openIssues ?? 0), 'issue'),
      ),
      closed && h('div', { class: 'banner', role: 'alert' },
        icon('warn'),
        h('div', null,
          h('p', null, t('engine.noIcmp')),
          engine.icmpHelp && h('details', { open: opened }, h('summary', null, t('engine.help')), h('p', { class: 'help' }, engine.icmpHelp)),
        ),
      ),
    );
  }
}

function figure(label, value, name, mood = '') {
  return h('div', { class: `engine-figure ${mood}` }, h('dt', null, name && icon(name), label), h('dd', null, value));
}

customElements.define('engine-strip', EngineStrip);

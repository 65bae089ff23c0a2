import { cameraPath, get, post } from '../api.js';
import { h, fill, fillAnew, refill, View, write } from '../dom.js';
import { dateTime, said, span, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { back, go, here, issueLink, put, route } from '../router.js';
import { store } from '../store.js';
import { iconOf, verdictOfKind } from '../verdicts.js';
import { cause } from '../words.js';
import { cameraForm } from './camera-form.js';
import './check-chart.js';
import './live-picture.js';
import { others } from './because.js';
import { echo, facts, stream, history } from './evidence.js';

const REFRESH_MILLIS = 5000;
/** "Just now" is not so for long. */
const SAID_MILLIS = 15_000;

/** Nothing is said of a camera that is not there, or that somebody else answers for. */
const NOT_HERE = { 403: 'detail.notYours', 404: 'detail.gone' };

/** One camera: whose fault, why, what was measured, what happened before. */
class CameraPage extends View {
  #id = null;
  #data = {};
  #note = '';
  #checking = false;
  /** Whether the note says that the server could not be reached. */
  #unreached = false;

  draw() {
    this.#id = null;
    this.head = h('header', { class: 'detail-head' });
    this.note = h('span', { class: 'note', role: 'status' });
    this.failure = h('p', { class: 'message bad', role: 'alert', hidden: true });
    this.cards = h('div', { class: 'cards' });
    this.chart = h('check-chart', null);
    this.history = h('div', null);
    this.facts = h('div', null);
    this.issues = h('section', { class: 'history camera-issues' });
    this.live = h('div', null);
    fill(this, h('article', { class: 'detail' }, this.head, this.failure,
      this.body = h('div', { class: 'detail-body' },
        h('div', { class: 'detail-main' }, this.cards, this.chart, this.live),
        h('div', { class: 'detail-side' }, this.issues, this.history, this.facts)),
      this.drawer = h('div', { class: 'drawer-place' })));
    this.#follow();
  }

  start() {
    this.on(route, 'change', () => this.#follow());
    this.on(store, 'cameras', () => this.#moved(), 200);
    this.on(store, 'issues', () => this.#id && this.#loadIssues(), 1000);
    this.every(REFRESH_MILLIS, () => this.#id && !document.hidden && this.#load());
    this.every(1000, () => this.#tick());
  }

  #follow() {
    const { page, id } = here();
    if (page !== 'cameras' || id === null) {
      return;
    }
    if (id === this.#id) {
      this.#edit();
      return;
    }
    fill(this.drawer);
    this.#id = id;
    this.#data = {};
    this.#note = '';
    this.chart.camera = id;
    fill(this.live);
    this.#show();
    this.#load();
    this.#loadIssues();
  }

  #moved() {
    const known = store.cameras.get(this.#id);
    const shown = `${known?.verdict} ${known?.since} ${known?.name}`;
    if (known && shown !== this.shown) {
      this.shown = shown;
      this.#show();
      this.#load();
    }
  }

  async #load() {
    const id = this.#id;
    const [camera, status, transitions] = await Promise.allSettled([
      get(cameraPath(id)), get(cameraPath(id, '/status')), get(cameraPath(id, '/transitions?limit=30')),
    ]);
    if (id !== this.#id) {
      return;
    }
    if (this.#unreached && camera.status === 'fulfilled') {
      this.#unreached = false;
      this.#note = '';
    }
    const value = (result, before) => (result.status === 'fulfilled' ? result.value : before);
    this.#data = {
      ...this.#data,
      camera: value(camera, this.#data.camera),
      status: value(status, this.#data.status),
      transitions: value(transitions, null)?.items ?? this.#data.transitions,
      failure: camera.status === 'rejected' ? camera.reason : null,
    };
    this.#show();
    this.#edit();
  }

  /** What the address asks for: a drawer with the camera as it is registered. */
  #edit(said = '', mine = null) {
    const { camera } = this.#data;
    if (!here().params.has('edit') || store.role !== 'ADMIN') {
      const open = this.drawer.firstChild;
      fill(this.drawer);
      open && this.head.querySelector('[data-focus=edit]')?.focus();
    } else if (camera && (said || !this.drawer.firstChild)) {
      fill(this.drawer, cameraForm({
        camera,
        said,
        mine,
        onclosed: () => put({ edit: null }),
        onsaved: (saved) => this.#saved(saved),
        onstale: async (why, altered) => {
          await this.#load();
          this.#edit(why, altered);
        },
      }));
    }
  }

  #saved(camera) {
    if (camera) {
      store.register(camera);
      this.#data.camera = camera;
      put({ edit: null });
      this.#show();
    } else {
      go('/cameras', { replace: true });
    }
  }

  async #loadIssues() {
    const id = this.#id;
    try {
      const { items } = await get(`/api/issues?camera=${encodeURIComponent(id)}&limit=8`);
      if (id === this.#id) {
        this.#data.issues = items;
        this.#showIssues();
      }
    } catch {
      // a process without that role has none
    }
  }

  async #check() {
    const id = this.#id;
    this.#checking = true;
    this.#note = '';
    this.#unreached = false;
    this.#show();
    try {
      const status = await post(cameraPath(id, '/check'));
      if (id === this.#id && status) {
        this.#data.status = status;
      }
      this.#note = t('detail.checked');
      setTimeout(() => this.#saidSo(t('detail.checked')), SAID_MILLIS);
    } catch (problem) {
      this.#note = t('detail.checkFailed', { why: cause(problem) });
      this.#unreached = problem.status === 0;
    }
    this.#checking = false;
    if (id === this.#id) {
      this.#show();
      this.#load();
      this.chart.refresh();
    }
  }

  #saidSo(note) {
    if (this.#note === note) {
      this.#note = '';
      write(this.note, '');
    }
  }

  #show() {
    const { camera, status, transitions, failure } = this.#data;
    this.#showHead();
    this.failure.hidden = !failure;
    write(this.failure, !failure ? '' : NOT_HERE[failure.status] ? t(NOT_HERE[failure.status]) : t('detail.failed', { why: cause(failure) }));
    // what could not be loaded is not said to be nothing
    const unknown = Boolean(failure) && !camera;
    this.chart.hidden = unknown;
    this.body.hidden = unknown && failure.status in NOT_HERE;
    const [icmp, hls] = status ? [status.icmp ?? null, status.hls ?? null] : [];
    fillAnew(this.cards, [unknown, !status, icmp, hls], () => !unknown && [echo(icmp), stream(hls)]);
    fillAnew(this.history, [unknown, !transitions, transitions], () => !unknown && history(transitions));
    fillAnew(this.facts, camera, () => camera && facts(camera));
    this.#showLive(camera?.hlsUrl);
    this.#showIssues();
  }

  /** A source may name another address; what plays goes on, and the next that is asked for is the new one. */
  #showLive(url) {
    const picture = this.live.firstChild;
    if (picture && url) {
      picture.url = url;
    } else if (url) {
      fill(this.live, h('live-picture', { url }));
    }
  }

  #showHead() {
    const { camera, status, transitions, failure } = this.#data;
    const gone = failure?.status in NOT_HERE;
    const known = gone ? null : store.cameras.get(this.#id);
    const seen = Date.parse(status?.since ?? '') || 0;
    // the list that it came from may be older than what was asked for just now
    const { verdict = 'UNKNOWN', reason = 'NOT_CHECKED' } = (seen > (known?.since ?? -1) ? status : known) ?? {};
    // one that was never checked is in no state since anything
    const since = reason === 'NOT_CHECKED' ? 0 : Math.max(seen, known?.since ?? 0);
    const siblings = transitions?.[0]?.to === verdict && verdict !== 'HEALTHY' ? transitions[0].evidence?.siblings : null;
    const paused = (camera ?? known)?.enabled === false;
    this.head.dataset.verdict = gone ? '' : verdict;
    write(this.note, this.#note);
    refill(this.head,
      h('button', { type: 'button', class: 'ghost square', title: t('detail.back'), 'aria-label': t('detail.back'), on: { click: () => back('/cameras') } }, icon('back')),
      h('div', { class: 'detail-name' },
        h('h1', null, camera?.name || known?.name || this.#id),
        h('p', { class: 'detail-where' }, h('span', { class: 'mono' }, this.#id), camera?.address ? ` · ${camera.address}` : '')),
      !gone && h('div', { class: 'detail-verdict' },
        h('span', { class: 'badge', data: { verdict } }, icon(iconOf(verdict)), t(`verdict.${verdict}`)),
        h('p', { class: 'because' }, said('reason', paused ? 'CAMERA_PAUSED' : reason)),
        !paused && h('p', { class: 'means' }, t(`means.${verdict}`)),
        siblings && h('p', { class: 'means' }, others(siblings)),
        this.time = since && !gone ? h('p', { class: 'hint', data: { since: String(since) } }) : null),
      h('div', { class: 'actions' },
        store.works && !paused && !gone && h('button', { type: 'button', class: 'primary', data: { first: '', key: 'c' }, 'aria-keyshortcuts': 'c', 'aria-disabled': String(this.#checking), on: { click: () => this.#checking || this.#check() } },
          icon('check'), t(this.#checking ? 'detail.checking' : 'detail.check')),
        camera && !gone && store.role === 'ADMIN' && h('button', { type: 'button', data: { focus: 'edit', key: 'e' }, 'aria-keyshortcuts': 'e', on: { click: () => put({ edit: '1' }) } }, icon('edit'), t('camera.edit')),
        known && known.x !== null && store.role !== 'RECIPIENT' ? h('a', { class: 'button', data: { key: 'm' }, 'aria-keyshortcuts': 'm', href: `/map?camera=${encodeURIComponent(this.#id)}` }, icon('map'), t('detail.onMap')) : null,
        this.note));
    this.#tick();
  }

  #showIssues() {
    const issues = this.#data.issues ?? [];
    this.issues.hidden = !issues.length;
    fillAnew(this.issues, issues, () => [h('h3', null, t('nav.issues')), h('ul', null, issues.map((issue) =>
      h('li', { data: { verdict: verdictOfKind(issue.kind) } },
        h('a', { href: issueLink(issue.id) },
          h('span', { class: 'what' }, icon('issue'), t(`kind.${issue.kind}`), h('b', { class: `state state-${issue.status}` }, t(`issue.status.${issue.status}`)),
            issue.flapping && h('b', { class: 'state' }, t('board.flapping'))),
          h('time', { datetime: issue.openedAt }, dateTime(Date.parse(issue.openedAt))),
          h('span', { class: 'why' }, [said('reason', issue.reason), issue.assignee && t('issues.assigned', { who: issue.assignee })].filter(Boolean).join(' · '))))))]);
  }

  #tick() {
    if (this.time) {
      const since = Number(this.time.dataset.since);
      this.time.textContent = t('detail.since', { span: span(Date.now() - since), time: dateTime(since) });
    }
  }
}

customElements.define('camera-page', CameraPage);

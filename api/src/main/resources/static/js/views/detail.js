import { cameraPath, get, post } from '../api.js';
import { h, fill, View } from '../dom.js';
import { dateTime, said, span, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { store } from '../store.js';
import { iconOf } from '../verdicts.js';
import { echo, facts, stream, history } from './evidence.js';

const REFRESH_MILLIS = 5000;

/** One camera: whose fault, why, what was measured, what happened before. */
class CameraDetail extends View {
  #id = null;
  #data = {};
  #note = '';
  #checking = false;
  #opener = null;
  #shownIssue = '';

  draw() {
    this.dialog = h('section', { class: 'detail', role: 'dialog', 'aria-modal': 'false', tabindex: '-1', hidden: true });
    fill(this, this.dialog);
    this.#follow();
  }

  start() {
    this.on(store, 'selected', () => this.#follow());
    this.on(store, 'cameras', () => this.#moved());
    this.on(store, 'issues', () => this.#issue() !== this.#shownIssue && this.#show());
    this.every(REFRESH_MILLIS, () => this.#id && !document.hidden && this.#load());
    this.every(1000, () => this.#tick());
  }

  #follow() {
    const id = store.selected;
    if (id === this.#id) {
      return;
    }
    if (!this.#id && id) {
      this.#opener = document.activeElement;
    }
    this.#id = id;
    this.#data = {};
    this.#note = '';
    this.dialog.hidden = !id;
    if (!id) {
      this.#opener?.focus?.();
      return;
    }
    this.#show();
    this.dialog.focus();
    this.#load();
  }

  #moved() {
    const known = store.cameras.get(this.#id);
    if (known && this.#data.status && known.since > Date.parse(this.#data.status.since)) {
      this.#load();
    }
  }

  async #load() {
    const id = this.#id;
    const [camera, status, transitions] = await Promise.allSettled([
      get(cameraPath(id)), get(cameraPath(id, '/status')), get(cameraPath(id, '/transitions?limit=20')),
    ]);
    if (id !== this.#id) {
      return;
    }
    const value = (result, before) => (result.status === 'fulfilled' ? result.value : before);
    this.#data = {
      camera: value(camera, this.#data.camera),
      status: value(status, this.#data.status),
      transitions: value(transitions, null)?.items ?? this.#data.transitions,
      failure: camera.status === 'rejected' ? camera.reason : null,
    };
    this.#show();
  }

  async #check() {
    const id = this.#id;
    this.#checking = true;
    this.#note = '';
    this.#show();
    try {
      const status = await post(cameraPath(id, '/check'));
      if (id === this.#id && status) {
        this.#data.status = status;
      }
      this.#note = t('detail.checked');
    } catch (problem) {
      this.#note = t('detail.checkFailed', { why: problem.message });
    }
    this.#checking = false;
    if (id === this.#id) {
      this.#show();
      this.#load();
    }
  }

  #show() {
    if (!this.#id) {
      return;
    }
    const { camera, status, transitions, failure } = this.#data;
    const known = store.cameras.get(this.#id);
    const verdict = known?.verdict ?? status?.verdict ?? 'UNKNOWN';
    const reason = known?.reason ?? status?.reason ?? 'NOT_CHECKED';
    const since = known?.since || Date.parse(status?.since ?? '');
    this.#shownIssue = this.#issue();
    const top = this.dialog.scrollTop;
    const focused = this.dialog.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
    this.dialog.setAttribute('aria-label', camera?.name ?? known?.name ?? this.#id);
    fill(this.dialog,
      h('header', { class: 'detail-head', data: { verdict } },
        h('div', { class: 'detail-top' },
          h('span', { class: 'badge', data: { verdict } }, icon(iconOf(verdict)), t(`verdict.${verdict}`)),
          h('button', { type: 'button', class: 'ghost square', data: { focus: 'close' }, title: t('detail.close'), 'aria-label': t('detail.close'), on: { click: () => store.select(null) } }, icon('close'))),
        h('h2', null, camera?.name || known?.name || this.#id),
        h('p', { class: 'mono' }, this.#id),
        h('p', { class: 'because' }, said('reason', reason)),
        h('p', { class: 'means' }, t(`means.${verdict}`)),
        this.time = since ? h('p', { class: 'hint', data: { since: String(since) } }) : null,
        this.#shownIssue && h('p', { class: 'has-issue' }, icon('issue'), this.#shownIssue),
        h('div', { class: 'actions' },
          h('button', { type: 'button', class: 'primary', data: { focus: 'check' }, disabled: this.#checking, on: { click: () => this.#check() } },
            icon('check'), t(this.#checking ? 'detail.checking' : 'detail.check')),
          h('span', { class: 'note', role: 'status' }, this.#note))),
      failure && h('p', { class: 'message bad' }, failure.status === 404 ? t('detail.gone') : t('detail.failed', { why: failure.message })),
      h('div', { class: 'cards' }, echo(status?.icmp), stream(status?.hls)),
      history(transitions),
      camera && facts(camera),
    );
    this.dialog.scrollTop = top;
    if (focused) {
      this.dialog.querySelector(`[data-focus="${focused}"]`)?.focus();
    }
    this.#tick();
  }

  /** In words; empty where no issue is open. */
  #issue() {
    const issue = [...store.issues.values()].find((open) => open.cameraId === this.#id);
    if (!issue) {
      return '';
    }
    const state = issue.assignee ? t('issues.assigned', { who: issue.assignee }) : t(`feed.issue.${issue.status}`);
    return `${t('detail.issue')} · ${state}`;
  }

  #tick() {
    if (this.time) {
      const since = Number(this.time.dataset.since);
      this.time.textContent = t('detail.since', { span: span(Date.now() - since), time: dateTime(since) });
    }
  }
}

customElements.define('camera-detail', CameraDetail);

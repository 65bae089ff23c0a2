import { cameraPath, get } from './api.js';
import { store } from './store.js';
import { cause } from './words.js';

const EVERY_MILLIS = 10_000;
const MOST = 200;
const AT_ONCE = 6;

/**
 * Keeps the store in step for a recipient's account, which sees no stream: its notices, its issues,
 * the cameras that they are about.
 */
export class OwnLive {
  #timer = 0;
  #stopped = false;
  #onSignedOut;
  /** What was last seen of a camera's issue; another one asks for the camera anew. */
  #seen = new Map();
  #items = new Map();

  constructor(onSignedOut) {
    this.#onSignedOut = onSignedOut;
  }

  async start() {
    try {
      await this.#look();
      store.heard();
    } catch (problem) {
      if (problem.status === 401) {
        this.#onSignedOut();
        return;
      }
      store.loading && store.fail(cause(problem));
      store.connect('reconnecting');
    }
    this.#timer = this.#stopped ? 0 : setTimeout(() => this.start(), EVERY_MILLIS);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #look() {
    const [notices, issues] = await Promise.all([get(`/api/notifications?limit=${MOST}`), get(`/api/issues?limit=${MOST}`)]);
    const before = JSON.stringify(store.notices);
    store.notices = notices.items;
    const states = new Map();
    for (const { cameraId } of notices.items) {
      cameraId && states.set(cameraId, '');
    }
    for (const { cameraId, id, status } of issues.items.toReversed()) {
      states.set(cameraId, `${id} ${status}`);
    }
    await this.#cameras([...states].filter(([id, state]) => this.#seen.get(id) !== state).slice(0, MOST));
    issues.items.toReversed().forEach((issue) => store.putIssue(issue));
    (store.loading || store.failure) && store.load([...this.#items.values()]);
    JSON.stringify(store.notices) !== before && store.mark('notices');
  }

  async #cameras(wanted) {
    for (let i = 0; i < wanted.length; i += AT_ONCE) {
      await Promise.all(wanted.slice(i, i + AT_ONCE).map(async ([id, state]) => {
        const [camera, status] = await Promise.allSettled([get(cameraPath(id)), get(cameraPath(id, '/status'))]);
        this.#seen.set(id, state);
        if (camera.status === 'fulfilled') {
          this.#items.set(id, { ...camera.value, ...status.value, cameraId: id });
        }
      }));
    }
    wanted.length && store.load([...this.#items.values()]);
  }
}

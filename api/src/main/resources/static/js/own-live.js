import { cameraPath, get } from './api.js';
import { OPEN, isOpen, newestFirst } from './open-issues.js';
import { store } from './store.js';
import { cause } from './words.js';

const EVERY_MILLIS = 10_000;
const MOST = 200;
/** Issues of a state that is open: what is open is not over because newer ones came. */
const MOST_OPEN = 500;
const AT_ONCE = 6;
/** Not theirs, or not there any more. */
const GONE = [403, 404];

/**
 * Keeps the store in step for a recipient's account, which sees no stream: its notices, its issues,
 * the cameras that they are about.
 */
export class OwnLive {
  #timer = 0;
  #stopped = false;
  #onSignedOut;
  /** What was last seen of a camera's issue and notices; anything else asks for the camera anew. */
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
      store.failIssues(cause(problem));
      store.connect('reconnecting');
    }
    this.#timer = this.#stopped ? 0 : setTimeout(() => this.start(), EVERY_MILLIS);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #look() {
    const [notices, latest, ...open] = await Promise.all([
      get(`/api/notifications?limit=${MOST}`),
      get(`/api/issues?limit=${MOST}`),
      ...OPEN.map((status) => get(`/api/issues?status=${status}&limit=${MOST_OPEN}`)),
    ]);
    if (this.#stopped) {
      return;
    }
    const before = JSON.stringify(store.notices);
    store.notices = notices.items;
    const lists = OPEN.map((status, i) => ({ status, items: open[i].items, more: Boolean(open[i].next) }));
    const issues = [...lists.flatMap(({ items }) => items), ...latest.items].sort(newestFirst).reverse();
    const states = new Map();
    for (const { cameraId, id } of notices.items.toReversed()) {
      cameraId && states.set(cameraId, id);
    }
    for (const { cameraId, id, status, endedSeq, timeline } of issues) {
      // an issue that is resolved by hand stays so, and its camera recovers later
      states.set(cameraId, `${id} ${status} ${endedSeq} ${timeline.length}`);
    }
    await this.#cameras([...states].filter(([id, state]) => this.#seen.get(id) !== state).slice(0, MOST));
    issues.forEach((issue) => isOpen(issue) || store.putIssue(issue));
    store.loadIssues(lists, lists.flatMap(({ items }) => items));
    (store.loading || store.failure) && store.load([...this.#items.values()]);
    JSON.stringify(store.notices) !== before && store.mark('notices');
  }

  async #cameras(wanted) {
    for (let i = 0; i < wanted.length; i += AT_ONCE) {
      await Promise.all(wanted.slice(i, i + AT_ONCE).map(async ([id, state]) => {
        const [camera, status] = await Promise.allSettled([get(cameraPath(id)), get(cameraPath(id, '/status'))]);
        const known = camera.status === 'fulfilled' && status.status === 'fulfilled';
        // one that failed on the way is asked for again
        if (known || [camera, status].some(({ reason }) => GONE.includes(reason?.status))) {
          this.#seen.set(id, state);
        }
        if (GONE.includes(camera.reason?.status)) {
          this.#items.delete(id);
        }
        if (known || (camera.status === 'fulfilled' && !this.#items.has(id))) {
          this.#items.set(id, { ...camera.value, ...status.value, cameraId: id });
        }
      }));
    }
    wanted.length && store.load([...this.#items.values()]);
  }
}

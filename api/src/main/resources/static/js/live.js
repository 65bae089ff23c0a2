import { linkOf } from './about.js';
import { get, some } from './api.js';
import { OPEN } from './open-issues.js';
import { Names } from './names.js';
import { cameraLink } from './router.js';
import { store } from './store.js';
import { unseen } from './unseen.js';
import { isFault } from './verdicts.js';
import { cause } from './words.js';

const BACKFILL = 80;
/** Cameras a page; the first is small, so that there is something to see. */
const FIRST = 500;
const PAGE = 5000;
/** Issues of a state; the oldest of more are not shown. */
const ISSUES = 2000;
/** What could not be had is asked for again. */
const AGAIN_MILLIS = 5000;
const QUIET_MILLIS = 45_000;
/** One that does not open in so long is tried anew. */
const OPENING_MILLIS = 10_000;
const RELOAD_MILLIS = 3_000;
/** Places may be a little old; a thousand pages do not all ask at once. */
const RENEW_MILLIS = 45_000;
const TYPES = 'transition,issue,notification,summary';

/**
 * Keeps the store in step with the server: a snapshot that knows its place in the log, then every
 * event after it. The browser resumes by itself; what it gives up is begun anew after the last number.
 */
export class Live {
  #source = null;
  #last = 0;
  #snapshotAt = 0;
  #retry = 1000;
  #timers = new Set();
  #stopped = false;
  #reload = 0;
  #camerasReloadedFor = -1;
  #revision = null;
  #renewing = false;
  #openedAt = 0;
  #rests = false;
  /** Issues that were heard of while their lists are read. */
  #heard = null;
  #sight = () => {};
  #names = new Names();
  #onSignedOut;

  constructor(onSignedOut) {
    this.#onSignedOut = onSignedOut;
  }

  async start() {
    // the sums come at once, fifty thousand cameras in a moment
    get('/api/status').then((status) => store.loading && store.summarise(status), () => {});
    try {
      await this.#snapshot();
    } catch (problem) {
      if (problem.status === 401) {
        this.#onSignedOut();
        return;
      }
      store.fail(cause(problem));
      store.connect('reconnecting');
      this.#later(this.#backOff(), () => this.start());
      return;
    }
    if (this.#stopped) {
      return;
    }
    this.#names.read();
    store.feed = [];
    this.#last = Math.max(0, this.#snapshotAt - BACKFILL);
    this.#open();
    this.#watch();
    // shown again it goes on after what it heard last, without gap
    this.#sight = unseen((rests) => {
      this.#rests = rests;
      rests ? this.#source.close() : this.#open();
    });
  }

  stop() {
    this.#stopped = true;
    this.#sight();
    this.#names.stop();
    this.#timers.forEach(clearTimeout);
    this.#source?.close();
  }

  async #snapshot() {
    const coming = store.begin();
    let page = get(`/api/statuses?limit=${FIRST}`);
    for (let at = null; page; ) {
      const { items, next, seq } = await page;
      if (this.#stopped) {
        return;
      }
      // the next page is on its way while this one is read
      page = next === null ? null : get(`/api/statuses?limit=${PAGE}&cursor=${encodeURIComponent(next)}`);
      at ??= seq;
      store.take(coming, items);
      page ?? (this.#snapshotAt = at);
    }
    store.taken(coming);
    await this.#issues();
  }

  async #issues() {
    const heard = (this.#heard = []);
    const mine = () => heard === this.#heard && !this.#stopped;
    try {
      const lists = await Promise.all(OPEN.map(async (status) => ({ status, ...(await some(`/api/issues?status=${status}`, ISSUES)) })));
      if (mine()) {
        this.#heard = null;
        store.loadIssues(lists, heard);
      }
    } catch (problem) {
      // the cameras are shown all the same
      console.warn('issues', problem.message);
      if (mine()) {
        store.failIssues(cause(problem));
        this.#later(AGAIN_MILLIS, () => mine() && this.#issues());
      }
    }
  }

  #open() {
    if (this.#stopped || this.#rests) {
      return;
    }
    this.#source?.close();
    this.#openedAt = Date.now();
    const source = new EventSource(`/api/stream?types=${TYPES}&after=${this.#last}`);
    this.#source = source;
    source.onopen = () => {
      this.#retry = 1000;
      store.heard();
    };
    source.onerror = () => this.#broken(source);
    const handlers = {
      transition: (value, seq) => this.#transition(value, seq),
      issue: (value) => {
        this.#heard?.push(value);
        store.putIssue(value);
      },
      notification: (value, seq) => this.#notification(value, seq),
      summary: (value) => this.#summary(value),
    };
    for (const [type, handle] of Object.entries(handlers)) {
      source.addEventListener(type, (event) => {
        if (event.lastEventId) {
          this.#last = Number(event.lastEventId);
        }
        handle(JSON.parse(event.data), this.#last);
        store.heard();
      });
    }
  }

  #broken(source) {
    store.connect('reconnecting');
    if (source.readyState !== EventSource.CLOSED) {
      return;
    }
    this.#later(this.#backOff(), async () => {
      try {
        await get('/api/session');
      } catch (problem) {
        if (problem.status === 401) {
          this.#onSignedOut();
          return;
        }
      }
      this.#open();
    });
  }

  #watch() {
    this.#later(5000, () => {
      if (!this.#rests && Date.now() - store.connection.heardAt > QUIET_MILLIS && Date.now() - this.#openedAt > OPENING_MILLIS) {
        store.connect('reconnecting');
        this.#open();
      }
      this.#watch();
    });
  }

  #transition(value, seq) {
    const at = Date.parse(value.occurredAt);
    const before = store.cameras.get(value.cameraId);
    const lasted = before && seq > this.#snapshotAt && before.since ? at - before.since : null;
    if (!before && seq > this.#snapshotAt) {
      this.#refresh();
    }
    if (seq > this.#snapshotAt) {
      store.move(value.cameraId, value.to, value.reason, at);
    }
    store.tell({
      key: `t${seq}`,
      group: isFault(value.to) ? 'faults' : value.to === 'HEALTHY' ? 'recoveries' : 'other',
      fresh: seq > this.#snapshotAt,
      kind: 'transition',
      cameraId: value.cameraId,
      link: cameraLink(value.cameraId),
      at,
      from: value.from,
      to: value.to,
      reason: value.reason,
      lasted: value.to === 'HEALTHY' && value.from !== 'UNKNOWN' ? lasted : null,
    });
  }

  #notification(notice, seq) {
    store.notice(notice);
    this.#names.saw(notice.recipientId);
    // one that is queued is told of when it goes out, and one that is no longer owed reaches nobody
    if (notice.status !== 'SENT' && notice.status !== 'FAILED') {
      return;
    }
    store.tell({
      key: `n${seq}`,
      group: 'notices',
      kind: 'notice',
      cameraId: notice.cameraId,
      outageId: notice.outageId,
      link: linkOf(notice),
      at: notice.status === 'SENT' ? Date.parse(notice.sentAt) : null,
      notBefore: Date.parse(notice.createdAt),
      status: notice.status,
      event: notice.event,
      channel: notice.channel,
      recipient: notice.recipientId,
      error: notice.lastError,
    });
  }

  #summary(status) {
    store.summarise(status);
    if (status.cameras !== store.cameras.size && this.#camerasReloadedFor !== status.cameras) {
      this.#camerasReloadedFor = status.cameras;
      this.#refresh();
    }
    if (this.#revision !== null && status.revision !== this.#revision) {
      this.#renew();
    }
    this.#revision = status.revision ?? null;
  }

  /** Somebody changed cameras. */
  #renew() {
    if (!this.#renewing) {
      this.#renewing = true;
      this.#later(RENEW_MILLIS * (0.5 + Math.random()), () => {
        this.#renewing = false;
        this.#refresh();
      });
    }
  }

  /** Cameras came or went. */
  #refresh() {
    const wait = Math.max(0, this.#reload + RELOAD_MILLIS - Date.now());
    if (this.#reload > Date.now()) {
      return;
    }
    this.#reload = Date.now() + wait;
    this.#later(wait + 200, async () => {
      try {
        await this.#snapshot();
      } catch (problem) {
        console.warn('snapshot', problem.message);
        this.#later(AGAIN_MILLIS, () => this.#refresh());
      }
    });
  }

  #backOff() {
    this.#retry = Math.min(this.#retry * 2, 20_000);
    return this.#retry * (0.5 + Math.random() / 2);
  }

  #later(millis, action) {
    if (this.#stopped) {
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, millis);
    this.#timers.add(timer);
  }
}

import { byUrgency, cameraOf } from './camera-of.js';
import { isOpen, openOf, version } from './open-issues.js';
import { VERDICTS, isFault } from './verdicts.js';

const FEED_LIMIT = 300;
const MOVED_LIMIT = 200;
const HIDDEN_MILLIS = 500;
/** A stream that comes back at once was not lost. */
const LOST_MILLIS = 3000;
const LATE_MILLIS = 5000;

/**
 * All that the page knows. Changes are told at most once a frame, as events `cameras`, `feed`,
 * `issues`, `notices`, `status`, `connection`.
 */
class Store extends EventTarget {
  cameras = new Map();
  order = [];
  counts = emptyCounts();
  issues = new Map();
  /** Issues as they were last told of, also those that are over. */
  lastIssues = new Map();
  /** Whether it is known which are open; why not, where it could not be had. */
  issuesLoaded = false;
  issuesFailure = null;
  /** States of which there are more than were read. */
  issuesCut = new Set();
  feed = [];
  notices = [];
  status = null;
  connection = { state: 'connecting', since: Date.now(), heardAt: 0 };
  loading = true;
  failure = null;
  /** Cameras that moved, the latest first. */
  moved = [];
  /** Counts snapshots: cameras may have come, gone or changed their place. */
  loads = 0;
  /** What the reader may do. */
  role = 'VIEWER';
  user = '';
  /** What the server has and is set to, once it was asked. */
  dashboard = { features: [], tilesUrl: null, tilesAttribution: null };
  #recipients = new Map();
  #marked = new Set();

  /** Whether the reader does more than look. */
  get works() {
    return this.role !== 'VIEWER';
  }

  /** Forgets all: the next reader may see something else. */
  clear() {
    this.load([]);
    this.loading = true;
    this.status = null;
    this.issues.clear();
    this.lastIssues.clear();
    this.issuesLoaded = false;
    this.issuesFailure = null;
    this.issuesCut.clear();
    this.feed = [];
    this.notices = [];
    this.moved = [];
    this.nameRecipients([]);
  }

  /** Takes a whole snapshot. */
  load(items) {
    const coming = this.begin();
    this.take(coming, items);
    this.taken(coming);
  }

  /** A snapshot that comes in parts begins; @returns what gathers them */
  begin() {
    this.loading ||= Boolean(this.failure);
    if (this.loading) {
      this.order = [];
    }
    return new Map();
  }

  /** A part of it: shown at once where there was nothing before. */
  take(coming, items) {
    const part = items.map(cameraOf);
    for (const camera of part) {
      coming.set(camera.id, camera);
    }
    if (this.loading) {
      this.failure = null;
      this.cameras = coming;
      // two runs that are in order already: they are only merged
      this.order = [...this.order, ...part.sort(byUrgency)].sort(byUrgency);
      this.loads++;
      this.mark('cameras');
    }
  }

  /** It is whole: what it does not hold is gone. What was heard since it was read stays. */
  taken(coming) {
    for (const camera of coming.values()) {
      const known = this.cameras.get(camera.id);
      if (known !== camera && known?.since > camera.since) {
        Object.assign(camera, { verdict: known.verdict, reason: known.reason, since: known.since });
      }
      camera.movedAt = known?.movedAt ?? 0;
    }
    const inOrder = this.cameras === coming && this.order.length === coming.size;
    this.order = inOrder ? this.order : [...coming.values()].sort(byUrgency);
    this.cameras = coming;
    this.moved = this.moved.map(({ id }) => coming.get(id)).filter(Boolean);
    this.counts = emptyCounts();
    for (const camera of this.order) {
      this.counts[camera.verdict]++;
    }
    this.loading = false;
    this.failure = null;
    this.loads++;
    this.mark('cameras');
  }

  /** A part may be there: half a city is not shown as if it were one. */
  fail(why) {
    this.cameras = new Map();
    this.order = [];
    this.loading = false;
    this.failure = why;
    this.mark('cameras');
  }

  /** A camera that was registered or changed from here; its verdict stays. */
  register(camera) {
    const known = this.cameras.get(camera.id);
    const { verdict, reason, since, movedAt } = known ?? { movedAt: 0 };
    if (known) {
      Object.assign(known, cameraOf({ ...camera, cameraId: camera.id, verdict, reason }), { since, movedAt });
    } else {
      const fresh = cameraOf({ ...camera, cameraId: camera.id });
      this.cameras.set(fresh.id, fresh);
      this.order.splice(this.#place(fresh), 0, fresh);
      this.counts[fresh.verdict]++;
    }
    this.loads++;
    this.mark('cameras');
  }

  /** One that was taken away from here. */
  forget(id) {
    const camera = this.cameras.get(id);
    if (camera) {
      this.order.splice(this.#place(camera), 1);
      this.counts[camera.verdict]--;
      this.cameras.delete(id);
      this.moved = this.moved.filter((one) => one !== camera);
      this.loads++;
      this.mark('cameras');
    }
  }

  /** Moves a camera to its new place; an older change than what is known is left out. */
  move(id, verdict, reason, since) {
    const camera = this.cameras.get(id);
    if (!camera || since < camera.since) {
      return;
    }
    this.order.splice(this.#place(camera), 1);
    this.counts[camera.verdict]--;
    Object.assign(camera, { verdict, reason, since, movedAt: Date.now() });
    this.counts[camera.verdict]++;
    this.order.splice(this.#place(camera), 0, camera);
    this.moved.unshift(camera);
    this.moved.length = Math.min(this.moved.length, MOVED_LIMIT);
    this.mark('cameras');
  }

  /** What does not know when it was is not older than what stands before it; what comes a moment late has its place. */
  tell(entry) {
    Object.assign(entry, { at: entry.at ?? Math.max(entry.notBefore, this.feed[0]?.at ?? 0), toldAt: Date.now() });
    const late = this.feed.findIndex(({ at }) => at <= entry.at || at > entry.at + LATE_MILLIS);
    this.feed.splice(late < 0 ? this.feed.length : late, 0, entry);
    this.feed.length = Math.min(this.feed.length, FEED_LIMIT);
    this.mark('feed');
  }

  /** Passes a notice on to the page that lists them. */
  notice(notice) {
    this.notices.unshift(notice);
    this.notices.length = Math.min(this.notices.length, FEED_LIMIT);
    this.mark('notices');
  }

  nameRecipients(recipients) {
    this.#recipients = new Map(recipients.map(({ id, name }) => [id, name]));
    this.mark('names');
  }

  recipientOf(id) {
    return this.#recipients.get(id) ?? id;
  }

  /** One that is older than what is known is left out. */
  putIssue(issue) {
    if (version(issue) < version(this.issues.get(issue.id) ?? this.lastIssues.get(issue.id))) {
      return;
    }
    this.lastIssues.delete(issue.id);
    this.lastIssues.set(issue.id, issue);
    this.lastIssues.size > FEED_LIMIT && this.lastIssues.delete(this.lastIssues.keys().next().value);
    isOpen(issue) ? this.issues.set(issue.id, issue) : this.issues.delete(issue.id);
    this.mark('issues');
  }

  /** @param heard while the lists were read, the latest last */
  loadIssues(lists, heard = []) {
    this.issues = openOf(lists, this.issues);
    this.issuesCut = new Set(lists.filter(({ more }) => more).map(({ status }) => status));
    this.issuesLoaded = true;
    this.issuesFailure = null;
    heard.forEach((issue) => this.putIssue(issue));
    this.mark('issues');
  }

  failIssues(why) {
    this.issuesFailure = why;
    this.mark('issues');
  }

  /** Registered cameras; also while they are still being loaded. */
  get total() {
    return this.loading || this.failure ? (this.status?.cameras ?? 0) : this.cameras.size;
  }

  summarise(status) {
    this.status = status;
    if ((this.loading || this.failure) && status.verdicts) {
      this.counts = { ...emptyCounts(), ...status.verdicts };
      this.mark('cameras');
    }
    this.mark('status');
  }

  connect(state) {
    if (state !== this.connection.state) {
      this.connection = { ...this.connection, state, since: Date.now() };
    }
    this.mark('connection');
  }

  heard() {
    this.connection.heardAt = Date.now();
    this.connect('live');
  }

  faults() {
    return VERDICTS.filter(isFault).reduce((sum, verdict) => sum + this.counts[verdict], 0);
  }

  mark(what) {
    if (this.#marked.size === 0) {
      const flush = () => {
        const marked = [...this.#marked];
        this.#marked.clear();
        marked.forEach((event) => this.dispatchEvent(new Event(event)));
      };
      // a hidden page gets no frames, and shall still be right when it is shown
      document.hidden ? setTimeout(flush, HIDDEN_MILLIS) : requestAnimationFrame(flush);
    }
    this.#marked.add(what);
  }

  /** Where the camera stands, or would stand, in the order. */
  #place(camera) {
    let low = 0;
    let high = this.order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (byUrgency(this.order[middle], camera) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function emptyCounts() {
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0]));
}

export const store = new Store();

/** Since when nothing was heard, where that is worth a word; 0 else. */
export function lostSince() {
  const { state, heardAt, since } = store.connection;
  return state === 'reconnecting' && Date.now() - since > LOST_MILLIS ? heardAt || since : 0;
}

/** A camera's name for people; its id where it has none. */
export const nameOf = (id) => store.cameras.get(id)?.name || id || '';

import { all } from './api.js';
import { store } from './store.js';

const AGAIN_MILLIS = 300_000;
/** A thousand pages hear of somebody new at once. */
const SOON_MILLIS = 1500;

/** Keeps recipients by their names: read now and then, and soon where one is told whose name is not known. */
export class Names {
  #timer = 0;
  #stopped = false;
  /** Whether the first answer is there, or will not come. */
  #had = false;
  /** Asked for once: one that was taken away has no name. */
  #missed = new Set();

  async read() {
    this.#after(AGAIN_MILLIS);
    try {
      const recipients = await all('/api/recipients');
      this.#stopped || store.nameRecipients(recipients);
    } catch {
      // the ids are right too
    }
    this.#had = true;
  }

  saw(id) {
    if (this.#had && store.recipientOf(id) === id && !this.#missed.has(id)) {
      this.#missed.add(id);
      this.#after(SOON_MILLIS * (0.5 + Math.random()));
    }
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #after(millis) {
    clearTimeout(this.#timer);
    this.#timer = this.#stopped ? 0 : setTimeout(() => this.read(), millis);
  }
}

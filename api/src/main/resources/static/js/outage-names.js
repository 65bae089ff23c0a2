import { get } from './api.js';
import { store } from './store.js';

// What outages have in common: a notice of one has but its id.

const AT_ONCE = 4;
const keys = new Map();
/** Not to be had by this reader, or not there any more. */
const GONE = [403, 404];

/** Such as `line:L-17`; null where that is not known. */
export const keyOf = (id) => keys.get(id) ?? null;

export const know = ({ id, key }) => keys.set(id, key);

/** Asks for those that were not asked for yet; who shows them hears of `names`. */
export async function learn(ids) {
  const wanted = [...new Set(ids)].filter((id) => !keys.has(id));
  wanted.forEach((id) => keys.set(id, null));
  for (let i = 0; i < wanted.length; i += AT_ONCE) {
    const came = await Promise.all(wanted.slice(i, i + AT_ONCE).map(one));
    came.some(Boolean) && store.mark('names');
  }
}

/** @returns whether it came; one that failed on the way is asked for when it is shown anew */
async function one(id) {
  try {
    know(await get(`/api/outages/${encodeURIComponent(id)}`));
    return true;
  } catch (problem) {
    GONE.includes(problem.status) || keys.delete(id);
    return false;
  }
}

import { places } from './dom.js';

/**
 * Shows a list anew. A row that says the same stays the element that it is: who is about to click it
 * does not lose it; and the keyboard stays where it is, also in a row that moved or says something else.
 *
 * @param key of a value, its own
 * @param says all that its row shows, as one text
 * @param make the row's element
 * @param tick of a row that stays and its value
 */
export function keep(list, values, { key, says, make, tick }) {
  const held = list.contains(document.activeElement) ? [...list.children].find((row) => row.contains(document.activeElement)) : null;
  const at = held ? places(held).indexOf(document.activeElement) : -1;
  const before = new Map([...list.children].map((row) => [row.key, row]));
  let next = list.firstChild;
  for (const value of values) {
    const old = before.get(key(value));
    const said = says(value);
    before.delete(key(value));
    let row = old;
    if (old?.says === said) {
      tick(old, value);
    } else {
      row = Object.assign(make(value), { key: key(value), says: said });
      if (old) {
        next = next === old ? old.nextSibling : next;
        old.remove();
      }
    }
    if (row === next) {
      next = next.nextSibling;
    } else {
      list.insertBefore(row, next);
    }
  }
  before.forEach((row) => row.remove());
  if (at >= 0 && !list.contains(document.activeElement)) {
    const again = [...list.children].find((row) => row.key === held.key);
    again && (places(again)[at] ?? places(again)[0])?.focus({ preventScroll: true });
  }
}

/**
 * Shows a list anew. A row that says the same stays the element that it is: who is about to click it
 * does not lose it.
 *
 * @param key of a value, its own
 * @param says all that its row shows, as one text
 * @param make the row's element
 * @param tick of a row that stays and its value
 */
export function keep(list, values, { key, says, make, tick }) {
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
}

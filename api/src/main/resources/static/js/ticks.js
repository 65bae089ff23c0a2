import { clock, timeOfDay } from './i18n/i18n.js';

// Where an axis of time has its marks, and what they say.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 30].map((count) => count * DAY),
];

/**
 * Round times of the reader's own clock between two moments, at most so many, no two of which read
 * alike.
 *
 * @returns {at, words}, the earliest first
 */
export function ticks(from, to, most) {
  const step = STEPS.find((each) => (to - from) / each <= most) ?? STEPS.at(-1);
  const ahead = -new Date(from).getTimezoneOffset() * MINUTE;
  const found = [];
  for (let at = Math.ceil((from + ahead) / step) * step - ahead; at <= to; at += step) {
    found.push(at);
  }
  const days = found.length > 1 && found.at(-1) - found[0] >= DAY;
  return found.map((at) => ({ at, words: step < MINUTE ? clock(at) : timeOfDay(at, days) }));
}

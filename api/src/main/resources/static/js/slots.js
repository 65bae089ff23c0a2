import { secondsOf } from './durations.js';

// When planned work is: once, or every week in its own time zone.

const DAY = 86_400_000;
export const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** Its times that have a part between these two, the earliest first. */
export function slotsOf(window, from, to) {
  const slots = window.repeat ? weekly(window.repeat, from, to) : [{ from: Date.parse(window.startsAt), to: Date.parse(window.endsAt) }];
  return slots.filter((slot) => slot.to > from && slot.from < to);
}

function weekly({ days, start, duration, timeZone, until }, from, to) {
  const lasts = secondsOf(duration) * 1000;
  const last = until ? Date.parse(until) : Infinity;
  const slots = [];
  // days are counted in UTC here: no clock changes, and two days more cover every zone
  for (let day = Math.floor((from - lasts) / DAY) * DAY - DAY; day <= to + DAY; day += DAY) {
    const date = new Date(day);
    if (days.includes(WEEKDAYS[(date.getUTCDay() + 6) % 7])) {
      const begin = instantOf(date.toISOString().slice(0, 10), start, timeZone);
      const end = Math.min(begin + lasts, last);
      end > begin && slots.push({ from: begin, to: end });
    }
  }
  return slots;
}

/** When it is that time of day there. */
function instantOf(date, time, timeZone) {
  const local = Date.parse(`${date}T${time.slice(0, 5)}:00Z`);
  const guess = local - offsetAt(local, timeZone);
  return local - offsetAt(guess, timeZone);
}

const clocks = new Map();

/** How far the clocks there are ahead of UTC. */
function offsetAt(at, timeZone) {
  if (!clocks.has(timeZone)) {
    clocks.set(timeZone, new Intl.DateTimeFormat('en', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }));
  }
  const { year, month, day, hour, minute, second } = Object.fromEntries(clocks.get(timeZone).formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

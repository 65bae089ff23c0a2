import en from './en.js';
import ko from './ko.js';

const WORDS = { en, ko };
const KEY = 'cctvout.language';

/** Tells of `change`. */
export const language = new EventTarget();

let current = kept() ?? (navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en');
document.documentElement.lang = current;

export const lang = () => current;

export function speak(next) {
  current = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // not remembered then
  }
  language.dispatchEvent(new Event('change'));
}

/** The words of a key, with {name} filled in; the key itself where there are none. */
export function t(key, values) {
  const words = WORDS[current][key] ?? WORDS.en[key] ?? key;
  return values ? words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '') : words;
}

/** The words of a code under a prefix; a code that has none yet stays as it is. */
export function said(prefix, code) {
  const key = `${prefix}.${code}`;
  return WORDS[current][key] ?? WORDS.en[key] ?? String(code ?? '');
}

export const number = (value, digits = 0) =>
  made(`n${digits}`, () => new Intl.NumberFormat(current, { maximumFractionDigits: digits })).format(value ?? 0);

export const clock = (millis) =>
  made('clock', () => new Intl.DateTimeFormat(current, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })).format(millis);

/** A day and its hour; with the year where it is not this one. */
export const dateTime = (millis) =>
  made(`moment${foreign(millis)}`, () => new Intl.DateTimeFormat(current, {
    ...(foreign(millis) ? { year: 'numeric' } : {}), month: monthAs('2-digit'), day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
  })).format(millis);

/** The time of day; with its day where that is not today. */
export const moment = (millis) => (new Date(millis).toDateString() === new Date().toDateString() ? clock(millis) : dateTime(millis));

/** In hundredths, never rounded up: one that is missing is seen. */
export const share = (part, all) => number(Math.floor((1000 * part) / all) / 10, 1);

/** In English 04/05 is read in two ways. */
const monthAs = (digits) => (current === 'ko' ? digits : 'short');

const foreign = (millis) => new Date(millis).getFullYear() !== new Date().getFullYear();

/** Of the reader's own clock, such as GMT+9: all times are told in it. */
export const zone = () =>
  made('zone', () => new Intl.DateTimeFormat(current, { timeZoneName: 'short' })).formatToParts(Date.now()).find(({ type }) => type === 'timeZoneName').value;

/** The hour; with its day where a span is longer than one. */
export const timeOfDay = (millis, withDay) =>
  made(`time${withDay}`, () => new Intl.DateTimeFormat(current, {
    ...(withDay ? { month: monthAs('numeric'), day: 'numeric' } : {}), hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  })).format(millis);

export const weekday = (millis) =>
  new Intl.DateTimeFormat(current, { month: 'long', day: 'numeric', weekday: 'long' }).format(millis);

/** For a heading or a form: a day with its year. */
export const day = (millis) =>
  new Intl.DateTimeFormat(current, { year: 'numeric', month: monthAs('2-digit'), day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(millis);

/** A day alone. */
export const date = (millis, year = false) =>
  new Intl.DateTimeFormat(current, { ...(year ? { year: 'numeric' } : {}), month: monthAs('numeric'), day: 'numeric' }).format(millis);

/** How long, in two units at most. */
export function span(millis) {
  const s = Math.max(0, Math.floor(millis / 1000));
  if (s < 60) return t('span.s', { s });
  const m = Math.floor(s / 60);
  if (m < 60) return t('span.ms', { m, s: s % 60 });
  const hours = Math.floor(m / 60);
  if (hours < 24) return t('span.hm', { h: hours, m: m % 60 });
  return t('span.dh', { d: Math.floor(hours / 24), h: hours % 24 });
}

/** A length that somebody chose: no second unit where there is none of it. */
export function lasting(millis) {
  const s = Math.max(0, Math.round(millis / 1000));
  const parts = [['d', Math.floor(s / 86_400)], ['h', Math.floor(s / 3600) % 24], ['m', Math.floor(s / 60) % 60], ['s', s % 60]];
  return parts.filter(([, figure]) => figure).slice(0, 2).map(([unit, figure]) => t(`lasting.${unit}`, { figure })).join(' ') || t('lasting.s', { figure: 0 });
}

const formats = new Map();

/** A format costs a hundred times what it does to use it. */
function made(name, make) {
  const key = `${current} ${name}`;
  if (!formats.has(key)) {
    formats.set(key, make());
  }
  return formats.get(key);
}

function kept() {
  try {
    const name = localStorage.getItem(KEY);
    return name in WORDS ? name : null;
  } catch {
    return null;
  }
}

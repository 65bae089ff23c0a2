import { t } from './i18n/i18n.js';
import { refusal } from './plain.js';

export { refusal };

/** Why the server refused, for the person who asked. */
export function words(problem) {
  const fields = problem.errors?.map(({ field, reason }) => [field, refusal(reason)].filter(Boolean).join(': ')).join(' · ');
  const why = fields || refusal(problem.message);
  switch (problem.status) {
    case 0: return t('problem.0');
    case 401: return t('problem.401');
    case 403: return t('problem.403');
    case 404: return t('problem.404');
    case 409: return t('problem.409', { why });
    case 412: return t('problem.412');
    case 429: return t('problem.429');
    case 503: return t('problem.503', { why });
    default: return t('problem.other', { why });
  }
}

const PLAIN = [0, 401, 403, 429];

/** The same, where a sentence says already what did not work. */
export const cause = (problem) => (PLAIN.includes(problem.status) ? words(problem) : refusal(problem.message));

/** A moment for a field of type datetime-local, as the reader's clock has it. */
export function toField(instant) {
  if (!instant) {
    return '';
  }
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export const fromField = (value) => (value ? new Date(value).toISOString() : null);

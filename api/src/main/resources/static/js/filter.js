import { VERDICTS } from './verdicts.js';

/** Fields that a choice narrows down. */
export const FACETS = ['district', 'line', 'site', 'vendor', 'zone'];

/** Which cameras an address asks for, and in which order. */
export function filterOf(params) {
  const verdicts = (params.get('verdict') ?? '').split(',').filter((name) => VERDICTS.includes(name));
  const query = params.get('q') ?? '';
  const [sort, way] = (params.get('sort') ?? '').split('.');
  return {
    verdicts: new Set(verdicts),
    query,
    words: query.toLowerCase().split(/\s+/).filter(Boolean),
    facets: FACETS.map((name) => [name, params.get(name)]).filter(([, value]) => value !== null),
    nowhere: params.get('place') === 'none',
    sort,
    down: way === 'down',
  };
}

export const filters = ({ verdicts, words, facets, nowhere }) => verdicts.size + words.length + facets.length > 0 || nowhere;

export const accepts = ({ verdicts, words, facets, nowhere }, camera) =>
  (!verdicts.size || verdicts.has(camera.verdict)) &&
  (!nowhere || camera.x === null) &&
  facets.every(([name, value]) => camera[name] === value) &&
  words.every((word) => camera.text.includes(word));

/** The value of `verdict` in an address after one of them was switched. */
export function toggled({ verdicts }, verdict) {
  const after = new Set(verdicts);
  if (!after.delete(verdict)) {
    after.add(verdict);
  }
  return [...after].join(',');
}

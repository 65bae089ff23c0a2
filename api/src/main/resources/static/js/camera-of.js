import { worldX, worldY } from './mercator.js';
import { VERDICTS, rank } from './verdicts.js';

/** Worst first, of these the newest first. */
export const byUrgency = (a, b) =>
  rank(a.verdict) - rank(b.verdict) || b.since - a.since || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** A camera as the page keeps it, of one as the server lists it. */
export function cameraOf(item) {
  return {
    id: item.cameraId,
    name: item.name ?? '',
    address: item.address ?? '',
    line: item.line ?? '',
    site: item.site ?? '',
    district: item.district ?? '',
    vendor: item.vendor ?? '',
    zone: item.zone ?? '',
    ...placeOf(item),
    enabled: item.enabled !== false,
    verdict: VERDICTS.includes(item.verdict) ? item.verdict : 'UNKNOWN',
    reason: item.reason ?? 'NOT_CHECKED',
    since: item.since ? Date.parse(item.since) : 0,
    movedAt: 0,
    text: [item.cameraId, item.name, item.address, item.line, item.site, item.district, item.vendor, item.zone]
      .filter(Boolean)
      .join(' ')
      .toLowerCase(),
  };
}

/** On the map of Mercator, the world being 1 wide; null where nobody knows. */
function placeOf({ latitude, longitude }) {
  const known = Number.isFinite(latitude) && Number.isFinite(longitude) && Math.abs(latitude) < 85;
  return known ? { x: worldX(longitude), y: worldY(latitude) } : { x: null, y: null };
}

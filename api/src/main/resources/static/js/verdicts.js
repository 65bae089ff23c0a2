/** Worst first: what sends the most people out stands on top. */
export const VERDICTS = [
  'STREAM_SERVER_FAULT',
  'LINE_FAULT',
  'CAMERA_FAULT',
  'DEGRADED',
  'UNKNOWN',
  'HEALTHY',
];

const ICONS = {
  STREAM_SERVER_FAULT: 'server',
  LINE_FAULT: 'line',
  CAMERA_FAULT: 'camera',
  DEGRADED: 'degraded',
  UNKNOWN: 'unknown',
  HEALTHY: 'healthy',
};

const KINDS = {
  LINE: 'LINE_FAULT',
  CAMERA: 'CAMERA_FAULT',
  STREAM_SERVER: 'STREAM_SERVER_FAULT',
  DEGRADED: 'DEGRADED',
};

export const rank = (verdict) => {
  const place = VERDICTS.indexOf(verdict);
  return place < 0 ? VERDICTS.indexOf('UNKNOWN') : place;
};

export const iconOf = (verdict) => ICONS[verdict] ?? 'unknown';

export const verdictOfKind = (kind) => KINDS[kind] ?? 'UNKNOWN';

export const isFault = (verdict) => rank(verdict) < 3;

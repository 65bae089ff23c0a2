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

// asked for a million times while fifty thousand cameras are put in order
const RANKS = Object.fromEntries(VERDICTS.map((verdict, place) => [verdict, place]));

export const rank = (verdict) => RANKS[verdict] ?? RANKS.UNKNOWN;

export const iconOf = (verdict) => ICONS[verdict] ?? 'unknown';

export const verdictOfKind = (kind) => KINDS[kind] ?? 'UNKNOWN';

export const isFault = (verdict) => rank(verdict) < 3;

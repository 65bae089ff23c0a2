import { VERDICTS, rank } from '../verdicts.js';

const TILE = 256;
const CELL = 64;
const OVERLAP = 0.86;
const KINDS = VERDICTS.length;

/**
 * Cameras in sight, gathered by the cells of a grid that is fixed to the ground, so that a cluster
 * does not jump while the map is moved. One pass over all cameras.
 *
 * @param view {x, y, zoom, width, height}: centre in Mercator, pixels
 * @returns clusters {px, py, size, counts, worst, camera, x0, x1, y0, y1}: `camera` where it is one alone
 */
export function clusters(cameras, view, wanted) {
  const scale = TILE * 2 ** view.zoom;
  const cell = CELL / (TILE * 2 ** Math.floor(view.zoom));
  const left = view.x - view.width / 2 / scale;
  const top = view.y - view.height / 2 / scale;
  const firstColumn = Math.floor(left / cell) - 1;
  const firstRow = Math.floor(top / cell) - 1;
  const columns = Math.ceil(view.width / scale / cell) + 3;
  const rows = Math.ceil(view.height / scale / cell) + 3;
  const found = new Array(columns * rows);
  for (const camera of cameras) {
    if (camera.x === null) {
      continue;
    }
    const column = Math.floor(camera.x / cell) - firstColumn;
    const row = Math.floor(camera.y / cell) - firstRow;
    if (column < 0 || row < 0 || column >= columns || row >= rows || (wanted.size && !wanted.has(camera.verdict))) {
      continue;
    }
    const kind = rank(camera.verdict);
    const place = row * columns + column;
    const cluster = found[place];
    if (cluster === undefined) {
      found[place] = begin(camera, kind);
    } else {
      join(cluster, camera, kind);
    }
  }
  const shown = [];
  for (const cluster of found) {
    if (cluster !== undefined) {
      cluster.box = { x0: cluster.x0, x1: cluster.x1, y0: cluster.y0, y1: cluster.y1 };
      cluster.parts = [cluster];
      cluster.px = (cluster.sumX / cluster.size - view.x) * scale + view.width / 2;
      cluster.py = (cluster.sumY / cluster.size - view.y) * scale + view.height / 2;
      shown.push(cluster);
    }
  }
  // the worst is drawn last, over the others
  return apart(shown).sort((a, b) => b.worst - a.worst || a.size - b.size);
}

/** Clusters that would cover each other become one. */
function apart(shown) {
  const kept = [];
  for (const cluster of shown.sort((a, b) => b.size - a.size)) {
    const near = kept.find((other) => other.size > 1 && Math.hypot(other.px - cluster.px, other.py - cluster.py) < (radiusOf(other) + radiusOf(cluster)) * OVERLAP);
    near ? merge(near, cluster) : kept.push(cluster);
  }
  return kept;
}

function merge(into, { size, counts, worst, camera, movedAt, parts, x0, x1, y0, y1 }) {
  into.size += size;
  counts.forEach((count, kind) => (into.counts[kind] += count));
  if (worst < into.worst) {
    Object.assign(into, { worst, camera });
  }
  into.movedAt = Math.max(into.movedAt, movedAt);
  into.parts.push(...parts);
  Object.assign(into, { x0: Math.min(into.x0, x0), x1: Math.max(into.x1, x1), y0: Math.min(into.y0, y0), y1: Math.max(into.y1, y1) });
}

function begin(camera, kind) {
  const counts = new Int32Array(KINDS);
  counts[kind] = 1;
  return {
    size: 1, counts, worst: kind, camera, sumX: camera.x, sumY: camera.y, px: 0, py: 0,
    x0: camera.x, x1: camera.x, y0: camera.y, y1: camera.y, movedAt: camera.movedAt, box: null, parts: null,
  };
}

function join(cluster, camera, kind) {
  cluster.size++;
  cluster.counts[kind]++;
  cluster.sumX += camera.x;
  cluster.sumY += camera.y;
  if (kind < cluster.worst) {
    cluster.worst = kind;
    cluster.camera = camera;
  }
  cluster.movedAt = Math.max(cluster.movedAt, camera.movedAt);
  cluster.x0 = Math.min(cluster.x0, camera.x);
  cluster.x1 = Math.max(cluster.x1, camera.x);
  cluster.y0 = Math.min(cluster.y0, camera.y);
  cluster.y1 = Math.max(cluster.y1, camera.y);
}

/** Cameras of a cluster, the worst first. */
export function membersOf(cluster, cameras, wanted) {
  const boxes = cluster.parts.map(({ box }) => box);
  const inside = ({ x, y }) => boxes.some((box) => x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1);
  return cameras.filter((camera) => camera.x !== null && inside(camera) && (!wanted.size || wanted.has(camera.verdict)));
}

/** How wide a cluster is drawn. */
export const radiusOf = ({ size }) => (size === 1 ? 8 : Math.min(30, 13 + 3.6 * Math.log2(size)));

/** In trouble: everything worse than "not known". */
export const troubled = ({ counts }) => counts[0] + counts[1] + counts[2] + counts[3];

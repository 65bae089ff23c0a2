import { number } from '../i18n/i18n.js';
import { latitudeOf, longitudeOf, worldX, worldY } from '../mercator.js';
import { VERDICTS } from '../verdicts.js';
import { radiusOf, troubled } from './clusters.js';

const TILE = 256;
const PULSE_MILLIS = 3500;
const STEPS = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
const TONES = { STREAM_SERVER_FAULT: 'server', LINE_FAULT: 'linefault', CAMERA_FAULT: 'camera', DEGRADED: 'degraded', UNKNOWN: 'unknown', HEALTHY: 'healthy' };

/** The colours of the theme that holds now. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    tones: VERDICTS.map((verdict) => of(TONES[verdict])),
    ground: of('bg-sunken'), raised: of('bg-raised'), line: of('line'), text: of('text'), faint: of('text-faint'), strong: of('line-strong'),
    font: getComputedStyle(document.body).fontFamily,
  };
}

export function screen(view, x, y) {
  const scale = TILE * 2 ** view.zoom;
  return [(x - view.x) * scale + view.width / 2, (y - view.y) * scale + view.height / 2];
}

/** Meridians and parallels, with their degrees: where nothing else tells the scale. */
export function graticule(pen, view, ink) {
  const scale = TILE * 2 ** view.zoom;
  const degrees = (360 * 150) / scale;
  const step = STEPS.findLast((each) => each >= degrees) ?? 30;
  const west = longitudeOf(view.x - view.width / 2 / scale);
  const east = longitudeOf(view.x + view.width / 2 / scale);
  const north = latitudeOf(view.y - view.height / 2 / scale);
  const south = latitudeOf(view.y + view.height / 2 / scale);
  const digits = Math.max(0, Math.ceil(-Math.log10(step)));
  pen.lineWidth = 1;
  pen.strokeStyle = ink.line;
  pen.fillStyle = ink.faint;
  pen.font = `11px ${ink.font}`;
  pen.textAlign = 'left';
  for (let degree = Math.ceil(west / step) * step; degree < east; degree += step) {
    const [px] = screen(view, worldX(degree), 0);
    stroke(pen, px, 0, px, view.height);
    pen.fillText(`${degree.toFixed(digits)}°`, px + 4, view.height - 8);
  }
  for (let degree = Math.ceil(south / step) * step; degree < north; degree += step) {
    const [, py] = screen(view, 0, worldY(degree));
    stroke(pen, 0, py, view.width, py);
    pen.fillText(`${degree.toFixed(digits)}°`, 6, py - 4);
  }
}

/** Names of districts, behind all else. */
export function districts(pen, view, ink, names) {
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.font = `600 ${view.zoom > 12.5 ? 22 : 16}px ${ink.font}`;
  for (const { name, x, y } of names) {
    const [px, top] = screen(view, x, y);
    const py = top - 44;
    if (px > -200 && py > -50 && px < view.width + 200 && py < view.height + 50) {
      pen.globalAlpha = 0.8;
      pen.fillStyle = ink.faint;
      pen.fillText(name, px, py);
    }
  }
  pen.globalAlpha = 1;
}

/** @returns whether something still moves */
export function clustersOn(pen, view, ink, shown, lit, now, still) {
  let moving = false;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  for (const cluster of shown) {
    const age = now - cluster.movedAt;
    if (age < PULSE_MILLIS && !still) {
      moving = true;
      pulse(pen, cluster, ink, age / PULSE_MILLIS);
    }
    cluster.size === 1 ? camera(pen, cluster, ink) : group(pen, cluster, ink);
    if (cluster === lit) {
      pen.lineWidth = 2.5;
      pen.strokeStyle = ink.text;
      circle(pen, cluster, radiusOf(cluster) + 5);
      pen.stroke();
    }
  }
  return moving;
}

/** Two rings around where a camera stands. */
export function target(pen, view, ink, { x, y }) {
  const [px, py] = screen(view, x, y);
  pen.lineWidth = 3;
  for (const [radius, colour] of [[20, ink.ground], [17, ink.text]]) {
    pen.strokeStyle = colour;
    circle(pen, { px, py }, radius);
    pen.stroke();
  }
}

function pulse(pen, cluster, ink, share) {
  pen.globalAlpha = 1 - share;
  pen.lineWidth = 3;
  pen.strokeStyle = ink.tones[cluster.worst];
  circle(pen, cluster, radiusOf(cluster) + 4 + (share * 900) % 34);
  pen.stroke();
  pen.globalAlpha = 1;
}

function group(pen, cluster, ink) {
  const radius = radiusOf(cluster);
  const bad = troubled(cluster);
  circle(pen, cluster, radius);
  pen.fillStyle = ink.raised;
  pen.fill();
  ring(pen, cluster, ink, radius - 2);
  pen.fillStyle = bad ? ink.text : ink.faint;
  pen.font = `700 ${radius > 22 ? 14 : 12}px ${ink.font}`;
  if (bad) {
    pen.fillText(number(bad), cluster.px, cluster.py - radius * 0.2);
    pen.font = `${radius > 22 ? 11 : 10}px ${ink.font}`;
    pen.fillStyle = ink.faint;
    pen.fillText(`/${number(cluster.size)}`, cluster.px, cluster.py + radius * 0.36);
    badge(pen, cluster.px + radius * 0.72, cluster.py - radius * 0.72, cluster.worst, ink, 6.5);
  } else {
    pen.fillText(number(cluster.size), cluster.px, cluster.py + 0.5);
  }
}

/** The shares of the verdicts, around. */
function ring(pen, cluster, ink, radius) {
  let from = -Math.PI / 2;
  pen.lineWidth = 4.5;
  cluster.counts.forEach((count, kind) => {
    if (count) {
      // one bad camera among a thousand is seen too
      const least = kind < 4 ? 0.35 : 0;
      const to = kind === cluster.counts.length - 1 ? Math.PI * 1.5 : from + Math.max(least, (2 * Math.PI * count) / cluster.size);
      pen.beginPath();
      pen.strokeStyle = ink.tones[kind];
      pen.arc(cluster.px, cluster.py, radius, from, Math.max(to, from));
      pen.stroke();
      from = to;
    }
  });
}

function camera(pen, cluster, ink) {
  if (cluster.worst === VERDICTS.length - 1) {
    circle(pen, cluster, 5);
    pen.fillStyle = ink.tones[cluster.worst];
    pen.fill();
    pen.lineWidth = 2;
    pen.strokeStyle = ink.raised;
    pen.stroke();
  } else {
    badge(pen, cluster.px, cluster.py, cluster.worst, ink, 9);
  }
}

/** A verdict by its form as well as by its colour: the legend shows the same. */
export function badge(pen, x, y, kind, ink, r) {
  pen.beginPath();
  if (kind === 0) {
    pen.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7);
  } else if (kind === 1) {
    polygon(pen, x, y, r * 1.15, 4, 0);
  } else if (kind === 2) {
    polygon(pen, x, y, r * 1.25, 3, -Math.PI / 2);
  } else if (kind === 3) {
    polygon(pen, x, y, r * 1.1, 6, 0);
  } else {
    pen.arc(x, y, r * 0.8, 0, 2 * Math.PI);
  }
  pen.fillStyle = ink.tones[kind];
  pen.lineWidth = 2;
  pen.strokeStyle = ink.raised;
  pen.fill();
  pen.stroke();
}

function polygon(pen, x, y, r, corners, turn) {
  for (let i = 0; i < corners; i++) {
    const angle = turn + (i * 2 * Math.PI) / corners;
    pen.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  pen.closePath();
}

function circle(pen, { px, py }, radius) {
  pen.beginPath();
  pen.arc(px, py, radius, 0, 2 * Math.PI);
}

function stroke(pen, x0, y0, x1, y1) {
  pen.beginPath();
  pen.moveTo(Math.round(x0) + 0.5, Math.round(y0) + 0.5);
  pen.lineTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
  pen.stroke();
}

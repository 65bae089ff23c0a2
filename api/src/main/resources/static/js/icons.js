const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  line: ['M9 16.5H7.5a4.5 4.5 0 0 1 0-9H9', 'M15 7.5h1.5a4.5 4.5 0 0 1 0 9H15', 'M12 3v3', 'M12 18v3', 'm10.2 9.5 3.6 5'],
  server: ['M4 5h16v5H4z', 'M4 14h16v5H4z', 'M7.5 7.5h.01', 'M7.5 16.5h.01', 'M11 7.5h5', 'M11 16.5h5'],
  camera: ['M3 8.5 15 5l1.6 5.4L4.6 14z', 'm16.2 8.2 3.8-.2-.3 3.4-3.1-1', 'M8 13v5H4', 'M4 15.5v5'],
  degraded: ['M3 17h3l3-9 4 13 3.5-10 1.5 4h3'],
  unknown: ['M9.2 9a2.9 2.9 0 1 1 4.4 2.5c-1 .6-1.6 1.2-1.6 2.5', 'M12 17.5h.01', 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z'],
  healthy: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'm8 12.2 2.8 2.8L16 9.5'],
  all: ['M4 4h7v7H4z', 'M13 4h7v7h-7z', 'M4 13h7v7H4z', 'M13 13h7v7h-7z'],
  issue: ['M6 3h9l4 4v14H6z', 'M15 3v4h4', 'M9.5 12h6', 'M9.5 16h4'],
  notice: ['M4 6h16v12H4z', 'm4 7 8 6 8-6'],
  search: ['M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z', 'm15.5 15.5 5 5'],
  close: ['m6 6 12 12', 'M18 6 6 18'],
  sun: ['M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', 'M12 2.5v2', 'M12 19.5v2', 'm5.3 5.3 1.4 1.4', 'm17.3 17.3 1.4 1.4', 'M2.5 12h2', 'M19.5 12h2', 'm5.3 18.7 1.4-1.4', 'm17.3 6.7 1.4-1.4'],
  moon: ['M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z'],
  out: ['M14 4H5v16h9', 'M10 12h10', 'm16.5 8.5 3.5 3.5-3.5 3.5'],
  pulse: ['M3 12h4l2.5-6 4.5 12 2.5-6H21'],
  check: ['M20 12a8 8 0 1 1-2.4-5.7', 'M20 3.5V8h-4.5'],
  warn: ['M12 4 2.8 20h18.4z', 'M12 10v4.5', 'M12 17.3h.01'],
  arrow: ['M5 12h13', 'm13 6.5 5.5 5.5-5.5 5.5'],
};

/** Decoration: the meaning always stands beside it as text. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of PATHS[name] ?? []) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** The product's mark. */
export function mark() {
  const svg = icon('');
  svg.setAttribute('viewBox', '0 0 32 32');
  svg.setAttribute('class', 'mark');
  const shapes = [
    ['circle', { cx: 16, cy: 16, r: 9, class: 'ring' }],
    ['circle', { cx: 16, cy: 16, r: 3.2, class: 'pupil' }],
    ['path', { d: 'M6.5 25.5 25.5 6.5', class: 'slash' }],
  ];
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => shape.setAttribute(name, value));
    svg.append(shape);
  }
  return svg;
}

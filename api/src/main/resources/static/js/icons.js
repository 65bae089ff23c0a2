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
  wall: ['M3 4.5h18v12H3z', 'M8 20.5h8', 'M12 16.5v4', 'M7 13v-3', 'M11 13V8', 'M15 13v-2'],
  map: ['M9 4 3.5 6.5v13L9 17l6 2.5 5.5-2.5V4L15 6.5z', 'M9 4v13', 'M15 6.5v13'],
  outage: ['M12 12h.01', 'M8.5 15.5a5 5 0 0 1 0-7', 'M15.5 8.5a5 5 0 0 1 0 7', 'M5.6 18.4a9 9 0 0 1 0-12.8', 'M18.4 5.6a9 9 0 0 1 0 12.8'],
  text: ['M4 5h16v11H9l-5 4z', 'M8 9h8', 'M8 12.5h5'],
  people: ['M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z', 'M2.5 20a6.5 6.5 0 0 1 13 0', 'M16 5.5a3.2 3.2 0 0 1 0 6', 'M18 14.5a6 6 0 0 1 3.5 5.5'],
  policy: ['M4 7h10', 'M18 7h2', 'M4 17h2', 'M10 17h10', 'M16 5a2 2 0 1 0 0 4 2 2 0 0 0 0-4z', 'M8 15a2 2 0 1 0 0 4 2 2 0 0 0 0-4z'],
  tools: ['M14.5 6a4.5 4.5 0 0 1 5.8-1.6l-3 3 .3 2 2 .3 1.6-1.6A4.6 4.6 0 0 1 14 12.5L6.5 20A2 2 0 0 1 3.600 17.200L11.500 9.800A4.500 4.500 0 0 1 14.500 6z'],
  chart: ['M4 4v16h16', 'm7 15 4-5 3.500 3L20 7'],
  print: ['M7 9V4h10v5', 'M7 17H4V9h16v8h-3', 'M7 14h10v6H7z'],
  upload: ['M12 15V4', 'm7.500 8.500 4.500-4.500 4.500 4.500', 'M4 15v5h16v-5'],
  download: ['M12 4v11', 'm7.500 10.500 4.500 4.500 4.500-4.500', 'M4 15v5h16v-5'],
  more: ['M5 12h.01', 'M12 12h.01', 'M19 12h.01'],
  full: ['M4 9V4h5', 'M15 4h5v5', 'M20 15v5h-5', 'M9 20H4v-5'],
  play: ['M7 5v14l12-7z'],
  plus: ['M12 5v14', 'M5 12h14'],
  minus: ['M5 12h14'],
  fit: ['M4 9V4h5', 'M15 4h5v5', 'M20 15v5h-5', 'M9 20H4v-5', 'M12 11v2', 'M11 12h2'],
  back: ['M19 12H6', 'M11 6.500 5.500 12l5.500 5.500'],
  person: ['M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', 'M4.500 20.500a7.500 7.500 0 0 1 15 0'],
  calendar: ['M4 6h16v14H4z', 'M4 10.500h16', 'M8 3.500V7', 'M16 3.500V7'],
  key: ['M8 10.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9z', 'm11.200 11.800 8.300-8.300', 'm16 7 3 3'],
  copy: ['M9 9h11v11H9z', 'M5 15H4V4h11v1'],
  inbox: ['M4 13 6.500 5h11L20 13v6H4z', 'M4 13h4.500l1.500 2.500h4l1.500-2.500H20'],
  trash: ['M5 7h14', 'M9 7V4h6v3', 'm6.500 7 1 13h9l1-13'],
  edit: ['M4 20v-4L16 4l4 4L8 20z', 'm13.500 6.500 4 4'],
  again: ['M20 12a8 8 0 1 1-2.400-5.700', 'M20 3.500V8h-4.500'],
  pin: ['M12 21s-7-6.500-7-11.500a7 7 0 0 1 14 0C19 14.500 12 21 12 21z', 'M12 7a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z'],
  down: ['m6 9 6 6 6-6'],
  up: ['m6 15 6-6 6 6'],
  search: ['M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z', 'm15.5 15.5 5 5'],
  close: ['m6 6 12 12', 'M18 6 6 18'],
  sun: ['M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', 'M12 2.5v2', 'M12 19.5v2', 'm5.3 5.3 1.4 1.4', 'm17.3 17.3 1.4 1.4', 'M2.5 12h2', 'M19.5 12h2', 'm5.3 18.7 1.4-1.4', 'm17.3 6.7 1.4-1.4'],
  moon: ['M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z'],
  out: ['M14 4H5v16h9', 'M10 12h10', 'm16.5 8.5 3.5 3.5-3.5 3.5'],
  keys: ['M3 6h18v12H3z', 'M7 10h.01', 'M11 10h.01', 'M15 10h.01', 'M18 10h.01', 'M7 14.5h10'],
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

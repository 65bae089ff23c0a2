import { h } from '../dom.js';
import { t } from '../i18n/i18n.js';
import { icon } from '../icons.js';

/** Fields of a camera, and their words. */
const FIELDS = {
  id: 'camera.id', name: 'camera.name', address: 'detail.address', latitude: 'camera.latitude', longitude: 'camera.longitude',
  ip: 'camera.ip', hlsUrl: 'detail.url', line: 'detail.line', site: 'detail.site', district: 'detail.district', vendor: 'detail.vendor',
  zone: 'detail.zone', enabled: 'camera.enabled', interval: 'camera.interval',
};

/**
 * Says what a file's columns mean.
 *
 * @param chosen header to field, what was said before
 * @param onchosen of the same as it is said now
 */
export function columnMap(headers, chosen, onchosen) {
  const boxes = headers.map((header) => h('select', { 'aria-label': t('import.mapAs', { column: header }), data: { header } },
    h('option', { value: '' }, t('import.mapNone')),
    Object.entries(FIELDS).map(([field, key]) => h('option', { value: field, selected: chosen.get(header) === field }, t(key)))));
  const said = () => new Map(boxes.filter(({ value }) => value).map(({ value, dataset }) => [dataset.header, value]));
  return h('details', { class: 'column-map', open: true },
    h('summary', null, t('import.map')),
    h('p', { class: 'hint' }, t('import.mapHint')),
    h('ul', null, headers.map((header, i) => h('li', null, h('b', { class: 'mono' }, header), icon('arrow'), boxes[i]))),
    h('button', { type: 'button', on: { click: () => onchosen(said()) } }, t('import.again')));
}

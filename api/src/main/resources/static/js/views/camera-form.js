import { cameraPath, patch, post, remove, tagOf } from '../api.js';
import { h } from '../dom.js';
import { t } from '../i18n/i18n.js';
import { store } from '../store.js';
import { words } from '../words.js';
import { known } from './records-view.js';

/**
 * A drawer that registers a camera or changes one.
 *
 * @param camera as the server has it; null for a new one
 * @param onclosed of the drawer
 * @param onsaved of the camera as it is now; of null where it was taken away
 * @param onstale the camera was changed by somebody else meanwhile; of the words, and of what was altered here
 * @param mine what was altered in such a form before, and is kept
 */
export const cameraForm = ({ camera, said = '', mine = null, onclosed, onsaved, onstale }) => h('record-form', {
  record: camera?.id ?? 'new',
  heading: camera ? camera.name || camera.id : t('camera.new'),
  hint: camera ? camera.id : t('camera.newHint'),
  said,
  mine,
  fields: fields(camera),
  value: camera ? { ...camera, icmp: camera.probes.icmp, hls: camera.probes.hls } : {},
  onclosed,
  onsave: async (values, altered) => {
    try {
      onsaved(await (camera ? patch(cameraPath(camera.id), written(values), tagOf(camera)) : post('/api/cameras', written(values))));
    } catch (problem) {
      if (problem.status !== 412 || !onstale) {
        throw problem;
      }
      onstale(words(problem), altered);
    }
  },
  onremove: camera && (async () => {
    await remove(cameraPath(camera.id), tagOf(camera));
    store.forget(camera.id);
    onsaved(null);
  }),
});

const fields = (camera) => [
  !camera && { name: 'id', label: t('camera.id'), required: true, hint: t('camera.idHint') },
  { name: 'name', label: t('camera.name') },
  { name: 'address', label: t('detail.address') },
  { name: 'ip', label: t('camera.ip'), hint: t('camera.ipHint') },
  { name: 'hlsUrl', label: t('detail.url'), placeholder: 'http://…/playlist.m3u8' },
  { heading: t('camera.belongs'), hint: t('camera.belongsHint') },
  ...['line', 'site', 'district', 'vendor'].map((name) => ({ name, label: t(`detail.${name}`), suggestions: known(name) })),
  { name: 'zone', label: t('detail.zone'), suggestions: known('zone'), hint: t('camera.zoneHint') },
  { heading: t('camera.place') },
  { name: 'latitude', type: 'number', step: 'any', label: t('camera.latitude'), min: '-90', max: '90' },
  { name: 'longitude', type: 'number', step: 'any', label: t('camera.longitude'), min: '-180', max: '180' },
  { heading: t('camera.checks') },
  { name: 'enabled', type: 'check', label: t('camera.enabled'), initial: true },
  { name: 'icmp', type: 'check', label: t('detail.echo'), initial: true },
  { name: 'hls', type: 'check', label: t('detail.stream'), initial: true },
  { name: 'interval', type: 'lasting', label: t('camera.interval'), hint: t('camera.intervalHint') },
].filter(Boolean);

const written = ({ icmp, hls, ...rest }) => ({ ...rest, probes: { icmp, hls } });

import { said, t } from './i18n/i18n.js';
import { keyOf } from './outage-names.js';
import { cameraLink, issueLink, outageLink } from './router.js';
import { nameOf } from './store.js';

// What a notice is about: a camera, an outage, or the monitor itself.

export const aboutOf = ({ cameraId, outageId }) => (cameraId ? nameOf(cameraId) : outageId ? outageOf(keyOf(outageId)) : t('notice.monitor'));

const outageOf = (key) => (key ? t('notice.outageOf', { shared: sharedOf(key) }) : t('notice.outage'));

/** What several share, in words: `line:L-17`. */
export function sharedOf(key) {
  const [what, ...rest] = (key ?? '').split(':');
  return rest.length ? `${said('detail', what)} ${rest.join(':')}` : what;
}

/** Where more of it is told; null where nothing is. */
export const linkOf = ({ issueId, outageId, cameraId }) =>
  issueId ? issueLink(issueId) : outageId ? outageLink(outageId) : cameraId ? cameraLink(cameraId) : null;

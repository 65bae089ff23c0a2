import { store } from './store.js';

const STAFF = ['VIEWER', 'OPERATOR', 'ADMIN'];

/** The pages, in the order of the navigation; one that needs a resource is offered where the server has it. */
export const PAGES = [
  { name: 'inbox', icon: 'inbox', needs: 'notifications', roles: ['RECIPIENT'], load: () => import('./views/inbox-page.js') },
  { name: 'wall', icon: 'wall', roles: STAFF, load: () => import('./views/wall-page.js') },
  { name: 'map', icon: 'map', roles: STAFF, load: () => import('./views/map-page.js') },
  { name: 'cameras', icon: 'camera', load: () => import('./views/cameras-page.js') },
  { name: 'issues', icon: 'issue', needs: 'issues', load: () => import('./views/issues-page.js') },
  { name: 'outages', icon: 'outage', needs: 'outages', roles: STAFF, oneToo: ['RECIPIENT'], load: () => import('./views/outages-page.js') },
  { name: 'notifications', icon: 'notice', needs: 'notifications', roles: STAFF, load: () => import('./views/notifications-page.js') },
  { name: 'recipients', icon: 'people', needs: 'recipients', roles: STAFF, load: () => import('./views/recipients-page.js') },
  { name: 'policies', icon: 'policy', needs: 'policies', roles: STAFF, load: () => import('./views/policies-page.js') },
  { name: 'maintenance', icon: 'calendar', needs: 'maintenance-windows', roles: STAFF, load: () => import('./views/maintenance-page.js') },
  { name: 'templates', icon: 'text', needs: 'templates', roles: STAFF, load: () => import('./views/templates-page.js') },
  { name: 'reports', icon: 'chart', needs: 'reports/availability', roles: STAFF, load: () => import('./views/reports-page.js') },
  { name: 'import', icon: 'upload', needs: 'cameras/import', roles: ['ADMIN'], load: () => import('./views/import-page.js') },
  { name: 'access', icon: 'key', load: () => import('./views/access-page.js') },
];

/** Reached from a page of the navigation. */
const WITHIN = [
  { name: 'users', nav: 'access', roles: ['ADMIN'], load: () => import('./views/users-page.js') },
  { name: 'audit', nav: 'access', roles: ['ADMIN'], load: () => import('./views/audit-page.js') },
];

const CAMERA = { name: 'camera', nav: 'cameras', load: () => import('./views/camera-page.js') };

/** What an address shows; null where there is no such page. */
export function pageOf({ page, id }) {
  if (page === 'cameras' && id !== null) {
    return CAMERA;
  }
  return [...PAGES, ...WITHIN].find(({ name }) => name === (page || (store.role === 'RECIPIENT' ? 'inbox' : 'wall'))) ?? null;
}

/** @param one a single thing of the page, by its id: more may see that than all of them */
export const isFor = ({ roles, oneToo }, role, one = false) => !roles || roles.includes(role) || (one && Boolean(oneToo?.includes(role)));

export const offered = (features, role) => PAGES.filter((page) => (!page.needs || features.includes(page.needs)) && isFor(page, role));

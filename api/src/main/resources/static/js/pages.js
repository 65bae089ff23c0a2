/** The pages, in the order of the navigation; one that needs a resource is offered where the server has it. */
export const PAGES = [
  { name: 'wall', icon: 'wall', load: () => import('./views/wall-page.js') },
  { name: 'map', icon: 'map', load: () => import('./views/map-page.js') },
  { name: 'cameras', icon: 'camera', load: () => import('./views/cameras-page.js') },
  { name: 'issues', icon: 'issue', needs: 'issues', load: () => import('./views/issues-page.js') },
  { name: 'outages', icon: 'outage', needs: 'outages', load: () => import('./views/outages-page.js') },
  { name: 'notifications', icon: 'notice', needs: 'notifications', load: () => import('./views/notifications-page.js') },
  { name: 'recipients', icon: 'people', needs: 'recipients', load: () => import('./views/recipients-page.js') },
  { name: 'templates', icon: 'text', needs: 'templates', load: () => import('./views/templates-page.js') },
  { name: 'reports', icon: 'chart', needs: 'reports/availability', load: () => import('./views/reports-page.js') },
  { name: 'import', icon: 'upload', needs: 'cameras/import', roles: ['ADMIN'], load: () => import('./views/import-page.js') },
];

const CAMERA = { name: 'camera', nav: 'cameras', load: () => import('./views/camera-page.js') };

/** What an address shows; null where there is no such page. */
export function pageOf({ page, id }) {
  if (page === 'cameras' && id !== null) {
    return CAMERA;
  }
  return PAGES.find(({ name }) => name === (page || 'wall')) ?? null;
}

export const offered = (features, role) =>
  PAGES.filter(({ needs, roles }) => (!needs || features.includes(needs)) && (!roles || roles.includes(role)));

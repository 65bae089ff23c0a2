// Where the reader is: the address says it all, so a link can be sent to a colleague.

/** Tells of `change`. */
export const route = new EventTarget();

let current = parse();

export const here = () => current;

/** Goes to an address of the page; without a new document. */
export function go(address, { replace = false } = {}) {
  if (address === location.pathname + location.search) {
    return;
  }
  replace ? history.replaceState(null, '', address) : history.pushState(null, '', address);
  moved();
}

/** Changes what stands behind the question mark; null takes a name away. */
export function put(values) {
  const params = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    value === null || value === '' ? params.delete(name) : params.set(name, value);
  }
  const query = params.toString().replaceAll('%2C', ',');
  go(location.pathname + (query ? `?${query}` : ''), { replace: true });
}

/** Back to where the reader came from, or to an address where there is no such place. */
export function back(otherwise) {
  if (visited > 0) {
    history.back();
  } else {
    go(otherwise, { replace: true });
  }
}

export const cameraLink = (id) => `/cameras/${encodeURIComponent(id)}`;
export const issueLink = (id) => `/issues/${encodeURIComponent(id)}`;
export const outageLink = (id) => `/outages/${encodeURIComponent(id)}`;

/** A click on a link within the page stays in the page. */
export function follow(event) {
  const link = event.target.closest?.('a[href^="/"]');
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (link && plain && !event.defaultPrevented && !link.target && !link.hasAttribute('download')) {
    event.preventDefault();
    go(link.getAttribute('href'));
  }
}

let visited = 0;

addEventListener('popstate', () => {
  visited = Math.max(0, visited - 2);
  moved();
});

function moved() {
  const before = current;
  current = parse();
  if (before.path !== current.path) {
    visited++;
  }
  route.dispatchEvent(new Event('change'));
}

function parse() {
  const [page = '', id = null] = location.pathname.split('/').filter(Boolean);
  return {
    path: location.pathname,
    page: page === 'login' ? '' : page,
    id: id === null ? null : plain(id),
    params: new URLSearchParams(location.search),
  };
}

function plain(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

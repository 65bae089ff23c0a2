// One door to the server: session cookie, forgery token, problems as errors.

export class Problem extends Error {
  constructor(status, detail, errors = []) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

const LIMIT_MILLIS = 20_000;
const PAGE = 500;

export const get = (path) => ask('GET', path);

/** Items of a list, page by page, until there are so many; `more` where that was not all. */
export async function some(path, most) {
  const items = [];
  let next = '';
  do {
    const limit = Math.min(PAGE, most - items.length);
    const page = await get(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${next && `&cursor=${encodeURIComponent(next)}`}`);
    items.push(...page.items);
    next = page.next ?? null;
  } while (next !== null && items.length < most);
  return { items, more: next !== null };
}

export const all = async (path) => (await some(path, Infinity)).items;

export const post = (path, body) => ask('POST', path, body);
export const put = (path, body, tag) => ask('PUT', path, body, tag);
export const patch = (path, body, tag) => ask('PATCH', path, body, tag);
export const remove = (path, tag) => ask('DELETE', path, undefined, tag);

const tags = new WeakMap();

/** The entity tag that an answer came with; what is written back with it is refused where another was faster. */
export const tagOf = (value) => (value ? tags.get(value) : undefined);

export const session = () => get('/api/session');
export const signIn = (username, password) => post('/login', { username, password });
export const signOut = () => post('/logout');

export const cameraPath = (id, rest = '') => `/api/cameras/${encodeURIComponent(id)}${rest}`;

/** The forgery token, for who sends a body by other means. */
export const forgeryToken = () => cookie('XSRF-TOKEN');

async function ask(method, path, body, tag) {
  const headers = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' };
  if (method !== 'GET') {
    headers['X-XSRF-TOKEN'] = cookie('XSRF-TOKEN');
  }
  if (tag) {
    headers['If-Match'] = tag;
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  let response;
  let text;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(LIMIT_MILLIS),
    });
    text = await response.text();
  } catch (unreachable) {
    throw new Problem(0, String(unreachable.message ?? unreachable));
  }
  const value = parsed(text);
  if (!response.ok) {
    throw new Problem(response.status, value?.detail || value?.title || `HTTP ${response.status}`, value?.errors);
  }
  if (value !== null && typeof value === 'object' && response.headers.has('ETag')) {
    // a proxy that packs the answer calls its tag weak; the version that it names is the same
    tags.set(value, response.headers.get('ETag').replace(/^W\//, ''));
  }
  return value;
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

function cookie(name) {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : '';
}

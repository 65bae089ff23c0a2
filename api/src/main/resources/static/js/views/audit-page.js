import { get } from '../api.js';
import { h, fill, View } from '../dom.js';
import { dateTime, day, said, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { here, put, route } from '../router.js';
import { words } from '../words.js';
import { accessTabs } from './access-tabs.js';

const PAGE = 100;
const WAIT_MILLIS = 350;
const REFRESH_MILLIS = 5000;

/** Paths whose method alone does not say what was done. */
const SPECIAL = [
  [/^\/login$/, 'login'], [/^\/logout$/, 'logout'], [/^\/api\/session\/password$/, 'password'], [/^\/api\/cameras\/import$/, 'import'], [/^\/api\/cameras\/import\?dryRun=true$/, 'preview'],
  [/\/check$/, 'check'], [/\/comments$/, 'comment'], [/\/resend$/, 'resend'], [/\/read$/, 'read'], [/^\/api\/sources\//, 'source'],
];

const VERBS = { POST: 'add', PUT: 'change', PATCH: 'change', DELETE: 'remove' };

/** Who changed what, the newest first. */
class AuditPage extends View {
  #items = [];
  #next = null;
  #asked = null;
  #failure = null;
  #loading = false;
  #wait = 0;

  draw() {
    const { params } = here();
    this.who = this.#box('who', params.get('who'), 'person');
    this.what = this.#box('path', params.get('path'), 'search');
    this.place = h('div', { class: 'table-place' });
    fill(this, h('header', { class: 'page-head' }, h('h1', null, t('nav.access')), accessTabs(), h('p', { class: 'page-hint' }, t('audit.hint')), this.who, this.what), this.place);
    this.#asked = null;
    this.#follow();
  }

  start() {
    this.on(route, 'change', () => this.#follow());
    this.every(REFRESH_MILLIS, () => !document.hidden && !this.#loading && this.#refresh());
    this.onleave(() => clearTimeout(this.#wait));
  }

  #box(name, value, picture) {
    const input = h('input', {
      type: 'search', placeholder: t(`audit.${name}`), 'aria-label': t(`audit.${name}`), autocomplete: 'off', maxlength: '100', value: value ?? '',
      on: {
        input: () => {
          clearTimeout(this.#wait);
          this.#wait = setTimeout(() => put({ [name]: input.value.trim() }), WAIT_MILLIS);
        },
        keydown: (event) => event.key === 'Escape' && input.blur(),
      },
    });
    return h('label', { class: 'search' }, icon(picture), input);
  }

  #follow() {
    const { page, params } = here();
    const asked = `${params.get('who') ?? ''} ${params.get('path') ?? ''}`;
    if (page === 'audit' && asked !== this.#asked) {
      this.#asked = asked;
      this.#items = [];
      this.#load(null);
    }
  }

  async #load(cursor) {
    const asked = this.#asked;
    this.#loading = true;
    this.#show();
    try {
      const page = await get(this.#query(cursor));
      if (asked !== this.#asked) {
        return;
      }
      this.#items.push(...page.items);
      this.#next = page.next ?? null;
      this.#failure = null;
    } catch (problem) {
      this.#failure = words(problem);
    }
    this.#loading = false;
    this.isConnected && this.#show();
  }

  #query(cursor) {
    const { params } = here();
    const query = new URLSearchParams({ limit: PAGE, ...(params.get('who') && { account: params.get('who') }), ...(params.get('path') && { path: params.get('path') }), ...(cursor && { cursor }) });
    return `/api/audit?${query}`;
  }

  /** What was done since stands on top of what is shown. */
  async #refresh() {
    if (this.#failure) {
      this.#loading || this.#load(this.#items.length ? this.#next : null);
      return;
    }
    const asked = this.#asked;
    const { items, next } = await get(this.#query(null)).catch(() => ({ items: [] }));
    const newest = this.#items[0]?.seq ?? 0;
    const fresh = items.filter(({ seq }) => seq > newest);
    if (asked !== this.#asked || !fresh.length || !this.isConnected) {
      return;
    }
    // more than a page of them: what lies between is not known, so the list begins anew
    const whole = fresh.length < items.length || !this.#items.length;
    this.#next = whole && this.#items.length ? this.#next : next ?? null;
    this.#items = whole ? [...fresh, ...this.#items] : fresh;
    this.#show();
  }

  #show() {
    if (!this.#items.length) {
      fill(this.place, h('div', { class: `message ${this.#failure ? 'bad' : ''}` }, h('p', null, this.#failure ?? t(this.#loading ? 'chart.loading' : 'audit.empty')),
        this.#failure && h('button', { type: 'button', on: { click: () => this.#load(null) } }, t('list.retry'))));
      return;
    }
    const top = this.place.scrollTop;
    fill(this.place,
      h('table', { class: 'table audit' },
        h('thead', null, h('tr', null, ['at', 'account', 'what', 'answer', 'address'].map((name) => h('th', { scope: 'col' }, t(`audit.${name}`))))),
        h('tbody', null, this.#items.map((entry) => row(entry)))),
      this.#next !== null && h('button', { type: 'button', class: 'more-button', disabled: this.#loading, on: { click: () => this.#load(this.#next) } }, t('audit.more')),
      this.#failure && h('p', { class: 'message bad' }, this.#failure));
    this.place.scrollTop = top;
  }
}

function row(entry) {
  const cell = (name, ...content) => h('td', { data: { label: t(`audit.${name}`) } }, content);
  const well = entry.status >= 200 && entry.status < 400;
  return h('tr', null,
    h('th', { scope: 'row' }, h('time', { datetime: entry.at, title: day(Date.parse(entry.at)) }, dateTime(Date.parse(entry.at)))),
    cell('account', h('button', { type: 'button', class: 'link', title: t('audit.only', { who: entry.account }), on: { click: () => put({ who: entry.account }) } }, entry.account), entry.tokenId && h('small', { class: 'hint' }, ` ${t('audit.token', { id: entry.tokenId.slice(0, 6) })}`)),
    cell('what', done(entry), h('small', { class: 'hint mono audit-path' }, `${entry.method} ${entry.path}`)),
    cell('answer', h('b', { class: `state ${well ? 'state-SENT' : 'state-FAILED'}` }, icon(well ? 'healthy' : 'warn'), entry.status ? `${entry.status} ` : '', t(!well ? 'audit.refused' : /\?dryRun=true$/.test(entry.path) ? 'audit.looked' : 'audit.done'))),
    cell('address', h('span', { class: 'mono' }, entry.address)));
}

/** What was done, in words. */
function done({ method, path }) {
  const special = SPECIAL.find(([form]) => form.test(path));
  if (special) {
    return t(`audit.did.${special[1]}`);
  }
  const [, , of, id] = path.split('/');
  const what = said('audit.of', (of ?? '').replaceAll('-', '_'));
  return t(`audit.did.${VERBS[method] ?? 'change'}`, { what: id ? `${what} ${plain(id)}` : what });
}

function plain(id) {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

customElements.define('audit-page', AuditPage);

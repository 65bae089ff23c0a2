import { forgeryToken, get } from '../api.js';
import { h, fill, View } from '../dom.js';
import { dateTime, number, t } from '../i18n/i18n.js';
import { icon } from '../icons.js';
import { refusal, words } from '../words.js';
import { columnMap } from './column-map.js';

const SHOWN = 200;
const MAPPED = 40;

/** A list of cameras: dropped, looked at, taken. */
class ImportPage extends View {
  #file = null;
  #request = null;
  /** What headers of the file mean, as the reader said. */
  #columns = new Map();

  draw() {
    this.input = h('input', { type: 'file', class: 'unseen', accept: '.csv,.xlsx,text/csv', tabindex: '-1', on: { change: () => this.#choose(this.input.files[0]) } });
    this.drop = h('div', { class: 'drop', on: {
      dragover: (event) => { event.preventDefault(); this.drop.classList.add('over'); },
      dragleave: () => this.drop.classList.remove('over'),
      drop: (event) => { event.preventDefault(); this.drop.classList.remove('over'); this.#choose(event.dataTransfer.files[0]); },
    } },
    icon('upload'), h('p', null, t('import.drop')), h('button', { type: 'button', class: 'primary', data: { first: '' }, on: { click: () => this.input.click() } }, t('import.choose')),
    h('p', { class: 'hint' }, t('import.hint')), this.input);
    this.result = h('div', { class: 'import-result', 'aria-live': 'polite' });
    this.sources = h('div');
    fill(this, h('header', { class: 'page-head' }, h('h1', null, t('nav.import')), h('p', { class: 'page-hint' }, t('import.about')),
      h('a', { class: 'button quiet', href: '/api/cameras/export', download: 'cameras.csv' }, icon('download'), t('import.export'))), this.drop, this.result, this.sources);
  }

  start() {
    this.onleave(() => this.#request?.abort());
    get('/api/sources').then(({ items }) => fill(this.sources, items.length > 0 && h('section', { class: 'panel import-panel' }, h('h2', null, t('import.sources')), items.map(told))), () => fill(this.sources));
  }

  #choose(file) {
    this.input.value = '';
    if (file) {
      this.#file = file;
      this.#columns = new Map();
      this.#send(true);
    }
  }

  /** Progress is what XMLHttpRequest still does better than fetch. */
  #send(dryRun) {
    const file = this.#file;
    this.#request?.abort();
    const request = new XMLHttpRequest();
    this.#request = request;
    const bar = h('progress', { max: '100', value: '0', 'aria-label': t('import.sending') });
    const says = h('p', { class: 'hint' }, t('import.sending'));
    fill(this.result, h('section', { class: 'panel import-panel' }, h('h2', null, file.name), bar, says));
    const map = [...this.#columns].map(([header, field]) => `&map=${encodeURIComponent(`${field}:${header}`)}`).join('');
    request.open('POST', `/api/cameras/import?dryRun=${dryRun}${map}`);
    request.setRequestHeader('X-XSRF-TOKEN', forgeryToken());
    request.setRequestHeader('X-Requested-With', 'XMLHttpRequest');
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = (100 * loaded) / total;
      says.textContent = loaded === total ? t('import.working') : t('import.sent', { percent: number((100 * loaded) / total) });
      loaded === total && bar.removeAttribute('value');
    };
    request.onload = () => {
      const answer = parsed(request.responseText);
      request.status < 300 && answer ? this.#show(answer, dryRun) : this.#fail({ status: request.status, message: answer?.detail ?? answer?.title ?? `HTTP ${request.status}`, errors: answer?.errors });
    };
    request.onerror = () => this.#fail({ status: 0, message: '' });
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  }

  #fail(problem) {
    const unknown = (problem.errors ?? []).filter(({ field }) => field === 'header').map(({ value }) => value);
    fill(this.result, h('section', { class: 'panel import-panel' }, h('h2', null, this.#file.name), h('p', { class: 'message bad', role: 'alert' }, unknown.length ? t('import.lacks') : words(problem)), this.#mapping(unknown)));
  }

  /** Columns that mean nothing yet, and those that the reader gave a meaning. */
  #mapping(unknown) {
    const headers = [...new Set([...this.#columns.keys(), ...unknown])].slice(0, MAPPED);
    return headers.length > 0 && columnMap(headers, this.#columns, (columns) => {
      this.#columns = columns;
      this.#send(true);
    });
  }

  #show(report, dryRun) {
    const figures = ['received', 'created', 'updated', 'unchanged', 'rejected'];
    const changes = report.created + report.updated;
    fill(this.result, h('section', { class: 'panel import-panel' },
      h('div', { class: 'import-head' }, h('h2', null, this.#file.name), h('b', { class: `state ${dryRun ? 'state-CREATED' : 'state-SENT'}` }, t(dryRun ? 'import.preview' : 'import.done'))),
      h('dl', { class: 'import-figures' }, figures.map((name) => h('div', { data: { bad: String(name === 'rejected' && report.rejected > 0) } }, h('dt', null, t(`import.${name}`)), h('dd', null, number(report[name]))))),
      dryRun ? this.#mapping(report.ignoredColumns ?? []) : report.ignoredColumns?.length > 0 && h('p', { class: 'hint' }, t('import.ignored', { columns: report.ignoredColumns.join(', ') })),
      dryRun && h('div', { class: 'form-actions' },
        h('button', { type: 'button', class: 'primary', disabled: changes === 0, on: { click: () => this.#send(false) } }, changes ? t('import.take', { count: number(changes) }) : t('import.nothing')),
        h('button', { type: 'button', class: 'quiet', on: { click: () => fill(this.result) } }, t('import.leave'))),
      !dryRun && h('a', { class: 'button', href: '/cameras' }, icon('camera'), t('import.see')),
      report.errors.length > 0 && this.#errors(report)));
  }

  #errors(report) {
    const heads = ['row', 'column', 'value', 'reason'].map((name) => t(`import.${name}`));
    const file = new Blob(['\ufeff', csv([heads, ...report.errors.map(({ row, column, value, reason }) => [row, column, value, refusal(reason)])])], { type: 'text/csv' });
    const link = URL.createObjectURL(file);
    this.onleave(() => URL.revokeObjectURL(link));
    const left = report.errors.length - SHOWN + (report.errorsLeftOut ?? 0);
    return [
      h('div', { class: 'import-head' }, h('h3', null, t('import.errors')), h('a', { class: 'button quiet', href: link, download: 'errors.csv' }, icon('download'), t('import.errorList'))),
      h('table', { class: 'table' },
        h('thead', null, h('tr', null, heads.map((head) => h('th', { scope: 'col' }, head)))),
        h('tbody', null, report.errors.slice(0, SHOWN).map(({ row, column, value, reason }) => h('tr', null,
          h('th', { scope: 'row' }, number(row)), h('td', { data: { label: t('import.column') } }, column ?? '–'), h('td', { class: 'mono', data: { label: t('import.value') } }, value ?? '–'), h('td', { data: { label: t('import.reason') } }, refusal(reason)))))),
      left > 0 && h('p', { class: 'hint' }, t('issues.more', { count: number(left) })),
    ];
  }
}

/** A list that is fetched again and again, in a line. */
const told = ({ host, succeededAt, failure, failedSince, listed, skipped, missing, paused }) => h('p', { class: `source ${failure ? 'bad' : ''}`, data: { source: host } },
  h('b', { class: `state state-${failure ? 'FAILED' : 'SENT'}` }, icon(failure ? 'warn' : 'healthy'), t(failure ? 'import.sourceIll' : 'import.sourceWell')), ' ',
  t('import.source', { host, at: succeededAt ? dateTime(Date.parse(succeededAt)) : '–', count: number(listed) }),
  skipped > 0 && ` ${t('import.sourceSkipped', { count: number(skipped) })}`,
  missing > 0 && ` ${t('import.sourceMissing', { count: number(missing), paused: number(paused) })}`,
  failure && ` ${t('import.sourceFailed', { at: dateTime(Date.parse(failedSince)), why: refusal(failure) })}`);

/** What a spreadsheet would take for a formula is made text. */
const csv = (rows) => rows.map((row) => row.map((cell) => {
  const text = String(cell ?? '');
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}).join(',')).join('\r\n');

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

customElements.define('import-page', ImportPage);

import { h } from '../dom.js';
import { said, t } from '../i18n/i18n.js';
import { store } from '../store.js';
import { known, RecordsView, tags } from './records-view.js';

const ROLES = ['LINE_OPERATOR', 'CAMERA_VENDOR', 'STREAM_OPERATOR', 'CONTROL_ROOM'];

/** Who is told of what, and how they are reached. */
class RecipientsPage extends RecordsView {
  path = '/api/recipients';
  name = 'recipients';

  /** Who was added or renamed just now is known by that name on every page. */
  loaded() {
    this.items.length && store.nameRecipients(this.items);
  }

  columns() {
    return [
      { label: t('recipient.name'), show: ({ name, id }) => name || id },
      { label: t('recipient.role'), show: ({ role }) => said('role', role) },
      { label: t('recipient.covers'), show: (recipient) => tags([...recipient.lines, ...recipient.vendors, ...recipient.districts], t('recipient.everything')) },
      { label: t('recipient.channels'), show: ({ channels }) => tags(channels.map(({ type, to, url }) => [said('channel', type), to ?? (type === 'webhook' ? hostOf(url) : null)].filter(Boolean).join(' · '))) },
      { label: t('recipient.state'), show: ({ enabled }) => h('b', { class: `state ${enabled ? 'state-SENT' : ''}` }, t(enabled ? 'form.on' : 'form.off')) },
    ];
  }

  fields(fresh) {
    return [
      { name: 'id', label: t('form.id'), fixed: !fresh, hint: fresh ? t('form.idHint') : '' },
      { name: 'name', label: t('recipient.name'), required: true },
      { name: 'role', type: 'choice', label: t('recipient.role'), options: ROLES.map((role) => [role, said('role', role)]) },
      { name: 'language', type: 'choice', label: t('recipient.language'), options: [['ko', '한국어'], ['en', 'English']] },
      { name: 'lines', type: 'list', label: t('recipient.lines'), suggestions: known('line'), placeholder: t('recipient.all') },
      { name: 'vendors', type: 'list', label: t('recipient.vendors'), suggestions: known('vendor'), placeholder: t('recipient.all') },
      { name: 'districts', type: 'list', label: t('recipient.districts'), suggestions: known('district'), placeholder: t('recipient.all') },
      { name: 'channels', type: 'channels', label: t('recipient.channels') },
      { name: 'enabled', type: 'check', label: t('recipient.enabled'), initial: true },
    ];
  }

  written(body, before) {
    const { id, ...rest } = body;
    return before.id ? rest : id ? { id, ...rest } : rest;
  }
}

function hostOf(url) {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

customElements.define('recipients-page', RecipientsPage);

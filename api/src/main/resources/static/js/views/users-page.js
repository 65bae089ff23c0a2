import { all } from '../api.js';
import { h } from '../dom.js';
import { said, t } from '../i18n/i18n.js';
import { accessTabs } from './access-tabs.js';
import { RecordsView } from './records-view.js';

const ROLES = ['VIEWER', 'OPERATOR', 'ADMIN', 'RECIPIENT'];

/** Who may sign in, and what they may do. */
class UsersPage extends RecordsView {
  path = '/api/users';
  name = 'users';
  patches = true;
  #recipients = new Map();

  tabs() {
    return accessTabs();
  }

  async prepare() {
    const items = await all('/api/recipients');
    this.#recipients = new Map(items.map(({ id, name }) => [id, name || id]));
  }

  columns() {
    return [
      { label: t('user.name'), show: ({ name }) => name },
      { label: t('user.role'), show: ({ role }) => [h('b', null, said('access', role)), h('small', { class: 'hint user-may' }, t(`access.may.${role}`))] },
      { label: t('user.recipient'), show: ({ recipientId }) => (recipientId ? this.#recipients.get(recipientId) ?? recipientId : '–') },
      { label: t('recipient.state'), show: ({ enabled }) => h('b', { class: `state ${enabled ? 'state-SENT' : ''}` }, t(enabled ? 'form.on' : 'user.off')) },
    ];
  }

  fields(fresh) {
    return [
      { name: 'name', label: t('user.name'), required: true, fixed: !fresh, hint: fresh ? t('user.nameHint') : '' },
      { name: 'role', type: 'choice', label: t('user.role'), initial: 'VIEWER', options: ROLES.map((role) => [role, `${said('access', role)} · ${t(`access.may.${role}`)}`]) },
      { name: 'recipientId', type: 'choice', label: t('user.recipient'), hint: t('user.recipientHint'), options: [['', t('user.choose')], ...this.#recipients], when: ({ role }) => role === 'RECIPIENT' },
      { name: 'password', type: 'password', label: t(fresh ? 'login.password' : 'user.newPassword'), required: fresh, hint: t(fresh ? 'user.passwordHint' : 'user.passwordKept') },
      { name: 'enabled', type: 'check', label: t('user.enabled'), initial: true },
    ];
  }

  /** A password that is not written stays. */
  written({ password, ...rest }) {
    const body = { ...rest, recipientId: rest.role === 'RECIPIENT' ? rest.recipientId : null };
    return password ? { ...body, password } : body;
  }
}

customElements.define('users-page', UsersPage);

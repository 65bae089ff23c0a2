import { signIn } from '../api.js';
import { h, fill, View } from '../dom.js';
import { lang, speak, t } from '../i18n/i18n.js';
import { mark } from '../icons.js';

class LoginForm extends View {
  onentered = () => {};
  /** What is said from the start. */
  said = '';

  draw() {
    const failure = h('p', { class: 'login-failure', role: 'alert' }, this.said && t(this.said));
    const user = h('input', { name: 'username', autocomplete: 'username', required: true, maxlength: '100' });
    const password = h('input', { name: 'password', type: 'password', autocomplete: 'current-password', required: true, maxlength: '200' });
    const submit = h('button', { type: 'submit', class: 'primary' }, t('login.submit'));
    const form = h('form', { class: 'login-card', method: 'post', action: '/login' },
      h('div', { class: 'login-brand' }, mark(), h('h1', null, 'CCTV Out'), h('p', null, t('app.tagline'))),
      h('label', null, h('span', null, t('login.user')), user),
      h('label', null, h('span', null, t('login.password')), password),
      failure,
      submit,
      h('p', { class: 'hint' }, t('login.hint')),
      h('button', {
        type: 'button', class: 'ghost language', title: t('app.languageTitle'), lang: lang() === 'ko' ? 'en' : 'ko',
        on: { click: () => speak(lang() === 'ko' ? 'en' : 'ko') },
      }, t('app.language')),
    );
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      submit.disabled = true;
      submit.textContent = t('login.working');
      try {
        await signIn(user.value, password.value);
        this.onentered();
        return;
      } catch (problem) {
        failure.textContent = words(problem.status);
        password.select();
        password.focus();
      }
      submit.disabled = false;
      submit.textContent = t('login.submit');
    });
    fill(this, form);
    user.focus();
  }
}

function words(status) {
  if (status === 429) return t('login.tooMany');
  return status >= 400 && status < 500 ? t('login.wrong') : t('login.away');
}

customElements.define('login-form', LoginForm);

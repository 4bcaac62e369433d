import type { Caller } from '../access.ts';
import { html, type Html, type Page } from './html.ts';
import { type Language, WORDS } from './page-words.ts';

export interface SignInForm {
  readonly language: Language;
  readonly csrf: string;
  /** Where to go afterwards, already checked; null = the zone's own start. */
  readonly to: string | null;
  readonly zone: 'inside' | 'outside';
  readonly name: string;
  readonly notice: 'wrong' | 'stale' | 'signedOut' | null;
}

export function signInPage({ language, csrf, to, zone, name, notice }: SignInForm): Page {
  const words = WORDS[language];
  const choice = (value: 'inside' | 'outside') =>
    html`<label><input type="radio" name="zone" value="${value}"${value === zone ? html` checked` : null}> ${words[value]}</label>`;
  return {
    language,
    title: words.signIn,
    body: html`${notice !== null && html`<p class="trouble" role="alert">${words[notice]}</p>`}
<form method="post" action="/sign-in">
<input type="hidden" name="_csrf" value="${csrf}">
<input type="hidden" name="lang" value="${language}">
${to !== null && html`<input type="hidden" name="to" value="${to}">`}
<label for="name">${words.name}</label>
<input type="text" id="name" name="name" value="${name}" required maxlength="128" autocomplete="username" autocapitalize="none" spellcheck="false"${name === '' ? html` autofocus` : null}>
<label for="password">${words.password}</label>
<input type="password" id="password" name="password" required maxlength="256" autocomplete="current-password"${name === '' ? null : html` autofocus`}>
<fieldset><legend>${words.zone}</legend>
${choice('outside')}
${choice('inside')}
</fieldset>
<button type="submit">${words.signIn}</button>
</form>
${otherLanguage(language, to)}`,
  };
}

/** For who is signed in already. */
export function signedInPage(language: Language, caller: Caller, csrf: string, goOn: string | null): Page {
  const words = WORDS[language];
  const { name, role } = caller.account;
  return {
    language,
    title: words.signedIn,
    body: html`<p>${words.as} <strong>${name}</strong><br>${words.role} ${words.roles[role]} (${words[caller.zone]})</p>
${goOn !== null && html`<p><a href="${goOn}">${words.go}</a></p>`}
<form method="post" action="/sign-out">
<input type="hidden" name="_csrf" value="${csrf}">
<input type="hidden" name="lang" value="${language}">
<button type="submit">${words.signOut}</button>
<button type="submit" class="quiet" name="everywhere" value="yes">${words.everywhere}</button>
</form>
${otherLanguage(language, goOn)}`,
  };
}

/** For what was refused on the way to or from these pages. */
export function refusedPage(language: Language, kind: 'tooMany' | 'failed'): Page {
  const words = WORDS[language];
  return {
    language,
    title: words.signIn,
    body: html`<p class="trouble" role="alert">${words[kind]}</p>
<p><a href="/sign-in?lang=${language}">${words.signIn}</a></p>`,
  };
}

function otherLanguage(language: Language, to: string | null): Html {
  const other = language === 'vi' ? 'en' : 'vi';
  const query = new URLSearchParams({ lang: other, ...(to !== null && { to }) });
  return html`<nav><a href="/sign-in?${query.toString()}" lang="${other}" hreflang="${other}">${WORDS[language].other}</a></nav>`;
}

import { useState } from 'preact/hooks';
import { me, signOut } from './api.ts';
import { keysShown } from './keys.ts';
import { connected, overview } from './live.ts';
import { pageAt } from './pages.tsx';
import { Dialog } from './parts/dialog.tsx';
import { Icon, type IconName } from './parts/icons.tsx';
import { go, href, path } from './router.ts';
import { switchTheme } from './theme.ts';
import { language, say, t } from './words.ts';
import icon from './icon.svg';

interface Entry {
  readonly to: string;
  readonly icon: IconName;
  readonly text: string;
  readonly tally?: number;
  readonly bad?: boolean;
}

function entries(): readonly Entry[] {
  const links = overview.value?.links ?? [];
  const sum = (count: (link: (typeof links)[number]) => number) =>
    links.reduce((total, link) => total + count(link), 0);
  return [
    { to: '/', icon: 'overview', text: t().overview },
    { to: '/documents', icon: 'document', text: t().documents },
    { to: '/conflicts', icon: 'conflict', text: t().conflicts, tally: sum((link) => link.conflicts) },
    { to: '/quarantine', icon: 'quarantine', text: t().quarantine, tally: sum((link) => link.quarantined) },
    { to: '/withheld', icon: 'withheld', text: t().withheld },
    {
      to: '/brakes',
      icon: 'brake',
      text: t().brakes,
      bad: true,
      tally: sum((link) => Number(link.brakeDeletes !== null) + Number(link.brakeUpdates !== null)),
    },
    { to: '/mappings', icon: 'mapping', text: t().mappings },
    { to: '/journal', icon: 'journal', text: t().journal },
    { to: '/queues', icon: 'queue', text: t().queues },
    { to: '/accounts', icon: 'account', text: t().accounts },
  ];
}

export function Shell() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <a class="skip" href="#content">
        {t().skip}
      </a>
      <div class="shell">
        {open && <button type="button" class="veil" aria-label={t().close} onClick={() => setOpen(false)} />}
        <Navigation open={open} onGo={() => setOpen(false)} />
        <div>
          <header class="top">
            <button
              type="button"
              class="button plain menu-button"
              aria-label={t().menu}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              <Icon name="menu" />
            </button>
            <Find />
            <span class={`pulse ${connected.value ? '' : 'lost'}`} role="status">
              <span>{connected.value ? t().live : t().lost}</span>
            </span>
          </header>
          <main id="content" tabIndex={-1}>
            {pageAt(path.value)}
          </main>
        </div>
      </div>
      {keysShown.value && (
        <Dialog title={t().keys} onClose={() => (keysShown.value = false)}>
          <p>{t().keysHelp}</p>
        </Dialog>
      )}
    </>
  );
}

function Navigation(props: { readonly open: boolean; readonly onGo: () => void }) {
  return (
    <nav class={`nav ${props.open ? 'open' : ''}`} aria-label={t().menu}>
      <a class="brand" href={href('/')} title={t().brandFull}>
        <img src={icon} alt="" />
        {t().brand}
      </a>
      <ul class="nav-list">
        {entries().map((entry) => (
          <li key={entry.to}>
            <a href={href(entry.to)} onClick={props.onGo} aria-current={isAt(entry.to) ? 'page' : undefined}>
              <Icon name={entry.icon} />
              {entry.text}
              {entry.tally ? <span class={`tally ${entry.bad ? 'bad' : ''}`}>{entry.tally}</span> : null}
            </a>
          </li>
        ))}
      </ul>
      <div class="nav-foot">
        <div>
          <div class="strong">{me.value?.name}</div>
          <div class="small quiet">{say('role', me.value?.role)}</div>
        </div>
        <div class="buttons">
          <button
            type="button"
            class="button plain small"
            onClick={() => {
              language.value = language.value === 'vi' ? 'en' : 'vi';
            }}
          >
            {t().language}
          </button>
          <button
            type="button"
            class="button plain small"
            onClick={switchTheme}
            aria-label={t().theme}
            title={t().theme}
          >
            <Icon name="theme" />
          </button>
          <button type="button" class="button plain small" onClick={() => void signOut()}>
            {t().signOut}
          </button>
        </div>
      </div>
    </nav>
  );
}

function isAt(to: string): boolean {
  const at = path.value;
  return to === '/' ? at === '/' || at.startsWith('/links') : at === to || at.startsWith(`${to}/`);
}

function Find() {
  return (
    <form
      class="find"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget).get('q');
        if (typeof given === 'string' && given.trim() !== '') go(href('/documents', { q: given.trim() }));
      }}
    >
      <Icon name="search" />
      <input
        id="find"
        name="q"
        type="search"
        aria-label={t().searchLabel}
        placeholder={t().search}
        maxLength={200}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}

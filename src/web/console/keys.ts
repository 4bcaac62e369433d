import { signal } from '@preact/signals';
import { go, href } from './router.ts';

const PAGES: Readonly<Record<string, string>> = {
  o: '/',
  d: '/documents',
  c: '/conflicts',
  q: '/quarantine',
  w: '/withheld',
  b: '/brakes',
  m: '/mappings',
  j: '/journal',
};

/** The list of keys is shown. */
export const keysShown = signal(false);

/** Single keys, never while somebody types, never with a modifier. */
export function watchKeys(): void {
  let after = '';
  document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.matches('input, textarea, select') || document.querySelector('dialog[open]')) return;
    const before = after;
    after = event.key === 'g' ? 'g' : '';
    const page = before === 'g' ? PAGES[event.key] : undefined;
    if (page !== undefined) go(href(page));
    else if (event.key === '/') document.querySelector<HTMLInputElement>('#find')?.focus();
    else if (event.key === '?') keysShown.value = true;
    else return;
    event.preventDefault();
  });
}

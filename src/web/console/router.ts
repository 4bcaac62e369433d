import { computed, signal } from '@preact/signals';

const BASE = '/console';

const address = signal(location.pathname + location.search);
addEventListener('popstate', () => {
  address.value = location.pathname + location.search;
});

/** Path below `/console`, always beginning with a slash. */
export const path = computed(() => {
  const [whole = ''] = address.value.split('?');
  return whole.slice(BASE.length).replace(/\/+$/, '') || '/';
});

export const query = computed(() => new URLSearchParams(address.value.split('?')[1] ?? ''));

export function href(to: string, params: Readonly<Record<string, string | null | undefined>> = {}): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const search = new URLSearchParams(given).toString();
  return `${BASE}${to === '/' ? '/' : to}${search === '' ? '' : `?${search}`}`;
}

/** `replace` for filters: the way back leads to the page before, not to its last filter. */
export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', to);
  else history.replaceState(null, '', to);
  address.value = location.pathname + location.search;
  if (how === 'push') {
    scrollTo(0, 0);
    document.querySelector<HTMLElement>('main h1')?.focus();
  }
}

export function setFilter(name: string, value: string | null): void {
  const params = Object.fromEntries(query.value);
  go(href(path.value, { ...params, [name]: value }), 'replace');
}

/** Plain links stay plain links; those below the console are followed without loading the page anew. */
export function followLinks(): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest('a');
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href, location.href);
    if (
      url.origin !== location.origin ||
      !url.pathname.startsWith(BASE) ||
      link.target ||
      link.hasAttribute('download')
    )
      return;
    if (url.pathname.startsWith(`${BASE}/bull`)) return;
    if (url.hash !== '' && url.pathname === location.pathname) return;
    event.preventDefault();
    go(url.pathname + url.search);
  });
}

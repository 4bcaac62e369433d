const HERE = 'http://here.invalid';

/** Where to go after signing in: only an address on this server, given as a path; null for everything else. */
export function returnPath(asked: string | undefined): string | null {
  if (asked === undefined || asked.length > 2_000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(asked)) return null;
  if (!URL.canParse(asked, HERE)) return null;
  const url = new URL(asked, HERE);
  return url.origin === HERE && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : null;
}

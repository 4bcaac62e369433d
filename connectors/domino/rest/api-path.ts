type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Address below the API's root. Every part is encoded: view names hold `\` and `/`, attachment names anything (HCL's own SDK sends
 * `Main\By Date` as two parts).
 */
export function apiUrl(root: URL, parts: readonly string[], query: Query = {}): URL {
  const path = parts.map((part) => encodePart(part)).join('/');
  const url = new URL(root);
  url.pathname = `${root.pathname.replace(/\/+$/, '')}/${path}`;
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.append(name, String(value));
  return url;
}

/** A part of dots alone would climb, even when its dots are encoded. */
function encodePart(part: string): string {
  if (/^\.{1,2}$/.test(part)) throw new RangeError('a part of an address cannot be . or ..');
  return encodeURIComponent(part);
}

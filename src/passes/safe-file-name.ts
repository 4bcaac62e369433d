/** File systems take 255 bytes; what others put before or after a name has to fit too. */
const MOST_BYTES = 200;
const NAMELESS = 'tep';
/** Windows takes these for devices, whatever extension follows. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/iu;

/**
 * The names under which the attachments of one note are known outside of Notes, in the order given. Composed Unicode; no path, no control or direction
 * characters, nothing that Windows forbids; no two alike, however a file system folds case. A name that is safe stays as it is. The same names in another
 * order get the same results.
 */
export function safeFileNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const safe = new Map<number, string>();
  const order = names.map((name, at) => ({ name, at }));
  // Names that need no change come first: an upload of ours never changes what another file is called.
  order.sort(
    (a, b) =>
      Number(safeName(a.name) !== a.name) - Number(safeName(b.name) !== b.name) ||
      compare(a.name, b.name) ||
      a.at - b.at,
  );
  for (const { name, at } of order) {
    const wanted = safeName(name);
    let free = wanted;
    for (let copy = 2; taken.has(folded(free)); copy += 1) free = numbered(wanted, copy);
    taken.add(folded(free));
    safe.set(at, free);
  }
  return names.map((_, at) => safe.get(at) ?? NAMELESS);
}

function safeName(name: string): string {
  const plain = name
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/[/\\<>:"|?*\uFFFD]/gu, '_')
    .replace(/^[.\s]+/u, '')
    .replace(/[.\s]+$/u, '');
  const short = shortened(plain === '' ? NAMELESS : plain);
  return DEVICE.test(short) ? `_${short}` : short;
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MOST_BYTES) return name;
  const { stem, extension } = parts(name);
  let kept = stem;
  while (Buffer.byteLength(kept + extension) > MOST_BYTES) kept = kept.replace(/.$/su, '');
  return `${kept.trimEnd()}${extension}`;
}

function numbered(name: string, copy: number): string {
  const { stem, extension } = parts(name);
  return shortened(`${stem} (${copy})${extension}`);
}

/** A long "extension" is none. */
function parts(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot) : '';
  return extension.length > 16
    ? { stem: name, extension: '' }
    : { stem: name.slice(0, name.length - extension.length), extension };
}

const folded = (name: string): string => name.normalize('NFC').toLowerCase();
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Reading LISTEN and UNLISTEN, which the shared session keeps account of for each connection. */

const CHANNEL = String.raw`("(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)`;
const LISTEN = new RegExp(String.raw`\blisten\s+${CHANNEL}`, 'giu');
const UNLISTEN = new RegExp(String.raw`^\s*unlisten\s+(?:(\*)|${CHANNEL})\s*;?\s*$`, 'iu');
const LINE_COMMENT = /^\s*--.*$/gm;

/** Whether a CommandComplete tag says that a LISTEN was done. */
export function isListenStatement(tag: string): boolean {
  return tag === 'LISTEN';
}

/** Channels of every LISTEN in `sql`, folded to lower case where not quoted, as PostgreSQL does. */
export function channelsIn(sql: string): readonly string[] {
  return [...sql.matchAll(LISTEN)].map((match) => fold(match[1] ?? ''));
}

/** The channel of a lone UNLISTEN, `*` for all of them, null for every other statement. */
export function unlistened(sql: string): string | null {
  const match = UNLISTEN.exec(sql.replaceAll(LINE_COMMENT, ''));
  if (match === null) return null;
  return match[1] ?? fold(match[2] ?? '');
}

function fold(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
}

import { DominoError, type SliceReading } from '../port.ts';
import { UNID_PATTERN, type NoteReading, type Unid } from '../../../src/sync/note.ts';
import { parseUnid } from './answers.ts';
import type { ProtonClient } from './client.ts';
import { decodeEntry } from './decode.ts';
import { type Call, WireFailure } from '../wire/server-guard.ts';

/** Form is what tells a readable note from one whose items are hidden. */
export function withForm(itemNames: readonly string[]): readonly string[] {
  return itemNames.some((name) => name.toLowerCase() === 'form') ? itemNames : ['Form', ...itemNames];
}

export async function readPageOf(
  client: ProtonClient,
  query: string,
  itemNames: readonly string[],
  range: { readonly start: number; readonly count: number },
  call: Call,
): Promise<SliceReading> {
  const names = withForm(itemNames);
  const answer = await client.readPage({ query, itemNames: names, ...range }, call);
  const notes = answer.entries.map((entry) => decodeEntry(entry, names));
  if (answer.total !== null) return { total: answer.total, notes };
  if (answer.entries.length < range.count && range.start === 0) return { total: notes.length, notes };
  throw new DominoError('protocol', 'Query: the server did not say how many notes match');
}

/**
 * One reading per UNID in the order asked. An entry that is not in the answer proves nothing (a server may cut an answer short): those notes are
 * asked for again, then one by one, where "not found" is an answer.
 */
export async function readByUnids(
  client: ProtonClient,
  unids: readonly Unid[],
  itemNames: readonly string[],
  attachmentSummaries: boolean,
  call: Call,
): Promise<readonly NoteReading[]> {
  const bad = unids.find((unid) => !UNID_PATTERN.test(unid));
  if (bad !== undefined)
    throw new DominoError('bad-request', `Cannot read note "${bad}": a UNID is 32 upper-case hex digits`);
  const wanted = [...new Set(unids)];
  const names = withForm(itemNames);
  const readings = new Map<Unid, NoteReading>();

  for (let attempt = 0; attempt < 2; attempt += 1) {
    const open = wanted.filter((unid) => !readings.has(unid));
    if (open.length === 0) break;
    const { entries } = await client.readByUnid(open, names, attachmentSummaries, call);
    for (const [unid, entry] of attributed(open, entries)) readings.set(unid, decodeEntry(entry, names));
  }
  for (const unid of wanted) {
    if (!readings.has(unid))
      readings.set(unid, await readAlone(client, unid, names, attachmentSummaries, call));
  }
  return wanted.flatMap((unid) => readings.get(unid) ?? []);
}

/** Error entries may come without a UNID; their place names them when the answer is as long as the question and otherwise in order. */
function attributed(asked: readonly Unid[], entries: readonly unknown[]): [Unid, unknown][] {
  const named = entries.map((entry) => parseUnid((entry as Record<string, unknown> | null)?.['@unid']));
  const inOrder =
    entries.length === asked.length && named.every((unid, place) => unid === null || unid === asked[place]);
  const known = new Set(asked);
  return entries.flatMap((entry, place): [Unid, unknown][] => {
    const unid = named[place] ?? (inOrder ? asked[place] : undefined);
    if (unid === undefined || !known.has(unid)) return [];
    const isObject = typeof entry === 'object' && entry !== null;
    return [[unid, isObject ? { ...entry, '@unid': unid } : { '@unid': unid, '@created': null }]];
  });
}

async function readAlone(
  client: ProtonClient,
  unid: Unid,
  itemNames: readonly string[],
  attachmentSummaries: boolean,
  call: Call,
): Promise<NoteReading> {
  try {
    const entry = await client.readOne(unid, itemNames, attachmentSummaries, call);
    const [first] = attributed([unid], [entry]);
    return decodeEntry(first?.[1], itemNames);
  } catch (cause) {
    if (!(cause instanceof WireFailure)) throw cause;
    const { kind } = cause.failure;
    if (kind === 'note-missing') return { kind: 'missing', unid };
    if (kind === 'no-answer' || kind === 'not-sent' || kind === 'not-found') throw cause;
    return { kind: 'failed', unid, code: kind, message: `Note ${unid}: ${cause.failure.detail}` };
  }
}

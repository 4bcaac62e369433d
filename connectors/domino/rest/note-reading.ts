import { DominoError, type Slice, type SliceReading } from '../port.ts';
import { type NoteReading, UNID_PATTERN, type Unid } from '../../../src/sync/note.ts';
import type { Call } from '../wire/server-guard.ts';
import { sliceQuery } from '../wire/query.ts';
import { decodeEntry, type ReadFrame } from './decode.ts';
import { parseUnid } from './documents.ts';
import { withOtherTypes } from './other-types.ts';
import { refusalOfEntry } from './errors.ts';
import type { components } from './openapi/drapi-basis.generated.ts';
import { type Facts, type RestSession, withForm } from './session.ts';

/** Most notes one call of the port answers; a page is one more, which tells whether there are others. */
export const CAP = 200;
/** How many matches are counted to tell where a full slice is best cut; their documents are read past, not kept. */
const COUNTED = 2000;

export interface PageRange {
  readonly start: number;
  /** Matches that are counted at most; of these, {@link CAP} are kept. */
  readonly counted: number;
}

/** The notes of a DQL query. No header tells how many match, so `total` is what was counted: at least one more than were kept when there are more. */
export async function readPageOf(
  session: RestSession,
  query: string,
  frame: ReadFrame,
  range: PageRange,
  call: Call,
): Promise<SliceReading> {
  // A query of times may be charged for every document of the file; the server's default would end it at 200,000.
  const maxScanDocs = 2_000_000_000;
  const body: components['schemas']['QueryRequest'] = { query, mode: frame.modeName, maxScanDocs };
  return readList(session, 'Query', ['query'], body, frame, range, call);
}

/** One slice. Since 1.1.6 the server answers an open-ended one from its own change table, without the scan limits of DQL. */
export async function readSliceOf(
  session: RestSession,
  facts: Facts,
  slice: Slice,
  itemNames: readonly string[],
  range: PageRange,
  call: Call,
): Promise<SliceReading> {
  const query = sliceQuery(slice);
  const frame = session.frame(facts, itemNames, slice.forms);
  const openEnded = slice.from !== null && slice.to === null && slice.within === undefined;
  const byFormula =
    slice.by === 'modifiedInThisFile' &&
    facts.server.operations.has('queryFormula') &&
    (openEnded || !facts.scope.schema.dqlAccess);
  if (!byFormula) return readPageOf(session, query, frame, range, call);
  const body = {
    query: selection(slice.forms),
    mode: frame.modeName,
    since: slice.from ?? '1989-01-01T00:00:00Z',
  };
  return readList(
    session,
    'Query by formula',
    ['queryformula'],
    body,
    frame,
    range,
    call,
    openEnded ? null : slice,
  );
}

/** In Domino's formula language a text ends at a quote that no backslash precedes. */
function selection(forms: readonly string[]): string {
  const texts = forms.map((form) => `"${form.replaceAll(/["\\]/g, (special) => `\\${special}`)}"`);
  return `SELECT Form = ${texts.join(' : ')}`;
}

/** Whether a note's stamps lie in the slice; what cannot be read has none, and is passed on as a query would. */
export function inSlice(note: NoteReading, slice: Pick<Slice, 'by' | 'from' | 'to' | 'within'>): boolean {
  if (note.kind !== 'note') return true;
  const stamp = Date.parse(slice.by === 'created' ? note.created : note.modified);
  if (slice.from !== null && stamp < Date.parse(slice.from)) return false;
  if (slice.to !== null && stamp >= Date.parse(slice.to)) return false;
  return slice.within === undefined || inSlice(note, slice.within);
}

/** `cut`: for a call that knows no such bounds, what lies outside is read past, however much it is. */
async function readList(
  session: RestSession,
  action: string,
  parts: readonly string[],
  body: object,
  frame: ReadFrame,
  { start, counted }: PageRange,
  call: Call,
  cut: Slice | null = null,
): Promise<SliceReading> {
  const { scope, richTextAs } = session.options;
  const query = {
    dataSource: scope,
    start: cut === null ? start : 0,
    count: cut === null ? counted : undefined,
    richTextAs,
  };
  const skipped = cut === null ? 0 : start;
  return session.client.list('query', action, call, { method: 'POST', parts, query, body }, () => {
    const notes: NoteReading[] = [];
    let matched = 0;
    return {
      take: (element) => {
        const note = cut !== null || notes.length < CAP ? decodeEntry(element, frame) : null;
        if (cut !== null && note !== null && !inSlice(note, cut)) return;
        matched += 1;
        if (note !== null && matched > skipped && notes.length < CAP) notes.push(note);
      },
      end: () => {
        for (const note of notes) session.note(note);
        return { total: start - skipped + matched, notes };
      },
    };
  });
}

export const wholeSlice: PageRange = { start: 0, counted: COUNTED };
export const pageFrom = (start: number): PageRange => ({ start, counted: CAP + 1 });

/**
 * One reading per UNID in the order asked. An entry that is not in the answer proves nothing: those notes are asked for again, and fail
 * when they stay away. "Not found" says the same of a note that is gone and of one that is hidden.
 */
export async function readByUnids(
  session: RestSession,
  unids: readonly Unid[],
  itemNames: readonly string[],
  call: Call,
): Promise<readonly NoteReading[]> {
  const bad = unids.find((unid) => !UNID_PATTERN.test(unid));
  if (bad !== undefined)
    throw new DominoError('bad-request', `Cannot read note "${bad}": a UNID is 32 upper-case hex digits`);
  const wanted = [...new Set(unids)];
  const frame = session.frame(await session.facts(call), withForm(itemNames), []);
  const content = session.contentOf(itemNames);
  const readings = new Map<Unid, NoteReading>();
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const open = wanted.filter((unid) => !readings.has(unid));
    if (open.length === 0) break;
    const asked = await askForUnids(session, open, frame, call);
    for (const reading of await withOtherTypes(session, frame, asked, content, askForUnids, call)) {
      readings.set(reading.unid, reading);
      session.note(reading);
    }
  }
  return wanted.map(
    (unid) =>
      readings.get(unid) ?? {
        kind: 'failed',
        unid,
        code: 'protocol',
        message: `Note ${unid}: the server answered nothing for it, twice`,
      },
  );
}

/** What the server answers for these UNIDs; what it leaves out is not in it. */
export async function askForUnids(
  session: RestSession,
  unids: readonly Unid[],
  frame: ReadFrame,
  call: Call,
): Promise<readonly NoteReading[]> {
  const { scope, richTextAs } = session.options;
  const body: components['schemas']['BulkUnids'] = { unids: [...unids], mode: frame.modeName };
  const action = `Read of ${unids.length} notes`;
  const query = { dataSource: scope, meta: true, richTextAs };
  return session.client.list(
    'read',
    action,
    call,
    { method: 'POST', parts: ['bulk', 'unid'], query, body },
    () => {
      const entries: unknown[] = [];
      return {
        take: (element) => void entries.push(element),
        end: () => attributed(unids, entries).map(([unid, entry]) => decodeEntry(entry, frame, unid)),
      };
    },
  );
}

/** An error entry names its UNID in `details` (1029 does); another is named by its place, when the answer is as long as the question and in order. */
function attributed(
  asked: readonly Unid[],
  entries: readonly unknown[],
): readonly (readonly [Unid, unknown])[] {
  const named = entries.map(unidOfEntry);
  const inOrder =
    entries.length === asked.length && named.every((unid, place) => unid === null || unid === asked[place]);
  const known = new Set(asked);
  return entries.flatMap((entry, place) => {
    const unid = named[place] ?? (inOrder ? asked[place] : undefined);
    return unid === undefined || !known.has(unid) ? [] : [[unid, entry] as const];
  });
}

function unidOfEntry(entry: unknown): Unid | null {
  const refusal = refusalOfEntry(entry);
  if (refusal !== null) return parseUnid(refusal.details);
  const document = entry as {
    readonly '@meta'?: { readonly unid?: unknown };
    readonly '@unid'?: unknown;
  } | null;
  return parseUnid(document?.['@meta']?.unid ?? document?.['@unid']);
}

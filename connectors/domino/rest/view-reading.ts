import { z } from 'zod';
import type { Slice, SliceReading } from '../port.ts';
import type { NoteReading, Unid } from '../../../src/sync/note.ts';
import type { Call } from '../wire/server-guard.ts';
import type { ReadFrame } from './decode.ts';
import { parseUnid } from './documents.ts';
import { sliceQuery } from '../wire/query.ts';
import { askForUnids, CAP, inSlice, type PageRange, readSliceOf } from './note-reading.ts';
import type { Facts, RestSession } from './session.ts';

/** Category rows have no UNID; a document may stand in several rows. */
export const viewEntry = z.looseObject({ '@unid': z.string().optional() });

/**
 * The notes that a view lists, page by page, read through the frame's mode. Pages go on until an empty one: the server's total counts rows
 * that the identity may not see. `since` needs a view whose first sorted column is the time of the last change.
 */
async function* notesOfView(
  session: RestSession,
  view: string,
  frame: ReadFrame,
  since: string | null,
  call: Call,
): AsyncGenerator<readonly NoteReading[]> {
  const known = new Set<Unid>();
  for (let start = 0; ; start += CAP) {
    const query = {
      dataSource: session.options.scope,
      start,
      count: CAP,
      scope: 'documents',
      startKey: since ?? undefined,
      keyType: since === null ? undefined : 'time',
    };
    const request = { method: 'GET', parts: ['lists', view], query } as const;
    const rows = await session.client.list('query', `View "${view}"`, call, request, () => {
      const unids: (Unid | null)[] = [];
      return {
        take: (element) => void unids.push(parseUnid(viewEntry.safeParse(element).data?.['@unid'])),
        end: () => unids,
      };
    });
    if (rows.length === 0) return;
    const fresh = [...new Set(rows)].filter((unid) => unid !== null && !known.has(unid)) as Unid[];
    for (const unid of fresh) known.add(unid);
    if (fresh.length > 0) yield await askForUnids(session, fresh, frame, call);
  }
}

/** Null where the schema allows DQL, or the link names no view. */
export function viewInsteadOfDql(session: RestSession, { scope }: Facts): string | null {
  return scope.schema.dqlAccess ? null : session.options.changesView;
}

/** By the server's change table, by DQL, or by the view, whichever the server has first. */
export async function sliceOf(
  session: RestSession,
  slice: Slice,
  itemNames: readonly string[],
  range: PageRange,
  call: Call,
): Promise<SliceReading> {
  // Refuses a malformed slice, whatever is asked then.
  sliceQuery(slice);
  const facts = await session.facts(call);
  const view = viewInsteadOfDql(session, facts);
  const byFormula = slice.by === 'modifiedInThisFile' && facts.server.operations.has('queryFormula');
  if (view === null || byFormula) return readSliceOf(session, facts, slice, itemNames, range, call);
  return readSliceByView(session, view, slice, session.frame(facts, itemNames, slice.forms), range, call);
}

/** A slice where the schema allows no DQL: slower, and as true as the view. */
async function readSliceByView(
  session: RestSession,
  view: string,
  slice: Slice,
  frame: ReadFrame,
  { start, counted }: PageRange,
  call: Call,
): Promise<SliceReading> {
  const byChange = slice.by === 'modifiedInThisFile';
  const forms = new Set(slice.forms.map((form) => form.toLowerCase()));
  const notes: NoteReading[] = [];
  let matched = 0;
  for await (const page of notesOfView(session, view, frame, byChange ? slice.from : null, call)) {
    for (const note of page) {
      if (note.kind === 'missing' || !inSlice(note, slice)) continue;
      if (note.kind === 'note' && !forms.has(String(note.items['Form']?.values[0]).toLowerCase())) continue;
      matched += 1;
      if (matched > start && notes.length < CAP) notes.push(note);
    }
    const { to } = slice;
    const isPast = (note: NoteReading) =>
      note.kind === 'note' && to !== null && Date.parse(note.modified) >= Date.parse(to);
    if ((byChange && page.every(isPast)) || matched >= start + counted) break;
  }
  for (const note of notes) session.note(note);
  return { total: Math.max(matched, start), notes };
}

/** Notes of a form whose item holds exactly this text, looked for in the whole view. */
export async function findInView(
  session: RestSession,
  view: string,
  frame: ReadFrame,
  wanted: { readonly itemName: string; readonly value: string },
  call: Call,
): Promise<readonly Unid[]> {
  const [form = ''] = frame.forms;
  const found: Unid[] = [];
  for await (const page of notesOfView(session, view, frame, null, call)) {
    for (const note of page) {
      if (note.kind !== 'note' || note.items['Form']?.values[0] !== form) continue;
      if (note.items[wanted.itemName]?.values.includes(wanted.value) === true) found.push(note.unid);
    }
  }
  return found;
}

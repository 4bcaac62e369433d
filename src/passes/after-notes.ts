import { sameValue } from '../sync/canonical.ts';
import { decodeNote } from '../sync/decode-note.ts';
import type { Token } from '../sync/note.ts';
import type { Pair } from '../sync/pair.ts';
import { sameToken } from '../sync/token.ts';
import type { Fields } from '../sync/values.ts';
import type { NotesResult } from './notes-result.ts';
import type { Guarded } from './guard-effects.ts';
import { fileFields } from './write-files.ts';

/** What is known of a note after its pair had its turn. */
interface AfterNotes {
  readonly confirmed: Fields;
  readonly synced: Token | null;
  readonly seen: Partial<Pick<Pair, 'seenNotes' | 'seenSettled' | 'notesSight'>>;
  /** The note is not what we expect to have left: somebody was there. */
  readonly moved: boolean;
  /** Fields that were written and came back as something else. */
  readonly unlike: readonly string[];
}

/** [BA2] What the look before and the read-back after say of the note. */
export function afterNotes(entry: Guarded, notes: NotesResult | undefined): AfterNotes {
  const { pair, plan } = entry;
  const token = entry.notes.kind === 'note' ? entry.notes.token : null;
  const looked: AfterNotes['seen'] = token
    ? {
        notesSight: 'released',
        ...(sameToken(token, pair.seenNotes) ? {} : { seenNotes: token, seenSettled: false }),
      }
    : entry.notes.kind === 'none'
      ? {}
      : { notesSight: entry.notes.kind === 'note' ? 'released' : entry.notes.kind };
  if (notes?.kind !== 'written') {
    const done = plan.notes === null && entry.blocked === null;
    return { confirmed: {}, synced: done ? token : pair.syncedNotes, seen: looked, moved: false, unlike: [] };
  }
  const reading = notes.reading;
  if (plan.notes?.kind === 'delete') {
    // A softly deleted note is still there: its new token is ours, not a zombie's.
    const ours = reading?.kind === 'note' ? { seenNotes: reading.token } : {};
    return { confirmed: {}, synced: null, seen: { notesSight: 'gone', ...ours }, moved: false, unlike: [] };
  }
  if (reading?.kind !== 'note')
    return {
      confirmed: plan.baseAfterNotes,
      synced: null,
      seen: { seenSettled: false },
      moved: plan.notes?.kind !== 'create',
      unlike: [],
    };
  if (plan.notes?.kind === 'create') {
    return {
      confirmed: plan.baseAfterNotes,
      synced: reading.token,
      seen: { seenNotes: reading.token, seenSettled: false, notesSight: 'unmarked' },
      moved: false,
      unlike: [],
    };
  }
  // [BA2] A read-back is an observation: the fields that show what we wrote are known to both sides, all others must be as they were before the write.
  const { fields } = decodeNote(entry.mapping, reading.items);
  const before = entry.notes.kind === 'note' ? entry.notes.fields : {};
  const confirmed = Object.fromEntries(
    Object.entries(plan.baseAfterNotes).filter(
      ([name, value]) => fields[name] !== undefined && sameValue(fields[name] ?? null, value),
    ),
  );
  const expected: Fields = { ...before, ...plan.baseAfterNotes };
  // [ME10] What files are there now is told by another look, which takes their bytes.
  const wroteFiles = fileFields(entry, plan.baseAfterNotes).length > 0;
  const moved =
    wroteFiles ||
    Object.entries(fields).some(
      ([name, value]) => expected[name] !== undefined && !sameValue(value, expected[name] ?? null),
    );
  return {
    confirmed,
    // What of the note has not gone over yet must not look as if it had.
    synced: moved || entry.blocked !== null ? null : reading.token,
    seen: { seenNotes: reading.token, seenSettled: false, notesSight: 'released' },
    moved,
    unlike: Object.keys(plan.baseAfterNotes).filter(
      (name) => fields[name] !== undefined && confirmed[name] === undefined,
    ),
  };
}

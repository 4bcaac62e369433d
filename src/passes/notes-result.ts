import type { NoteReading, Unid } from '../sync/note.ts';
import type { QuarantineReason } from './quarantine-reason.ts';

/** What became of one write to Notes. */
export type NotesResult =
  /** `reading` is what the note looked like afterwards: an observation, not a base. */
  | {
      readonly kind: 'written';
      readonly unid: Unid;
      readonly opId: string;
      readonly reading: NoteReading | null;
    }
  /** Somebody was faster: observed anew and planned again. */
  | { readonly kind: 'stale'; readonly opId: string }
  /** Nobody knows; the intent stays and is looked at after its deadline. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'rejected'; readonly opId: string; readonly reason: QuarantineReason }
  /** Not tried: the server went away meanwhile. */
  | { readonly kind: 'untried'; readonly opId: string };

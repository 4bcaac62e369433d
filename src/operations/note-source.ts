import type { DesignedItem } from '../../config/draft/form-survey.ts';
import type { NotesDatabase } from '../../connectors/domino/port.ts';
import type { Unid } from '../sync/note.ts';
import type { OperationContext } from './operation.ts';

/** Real notes that a mapping is drafted from or tried on. */
export interface NoteSource {
  /** Reads notes of this form; a schema may give each form modes of its own. */
  database(form: string): NotesDatabase;
  /** An export that the operator brought along: whoever names it may read all of it. Of a link's notes only the released ones may be read. */
  readonly isFile: boolean;
  forms(signal: AbortSignal): Promise<readonly SourceForm[]>;
  /** Notes of a form, at most so many. */
  sample(form: string, most: number, signal: AbortSignal): Promise<readonly Unid[]>;
  close(): Promise<void>;
}

export interface SourceForm {
  readonly form: string;
  /** The items that the design names; null: each note is asked for its own. */
  readonly items: readonly DesignedItem[] | null;
  /** The names of the items that each mode of the schema shows. */
  readonly modes?: readonly (readonly string[])[];
}

export interface NoteSources {
  /** Throws `bad-request` naming each file that is no usable DXL. */
  ofDxl(files: readonly string[], context: OperationContext): Promise<NoteSource>;
  /**
   * The forms of a link's schema, whether mapped or not. `headers`: what may be read of a note before its release is known; where no mode of the schema shows these
   * alone, no notes are given. Throws `not-found`, and `bad-request` where the way in shows no design.
   */
  ofDesign(linkId: string, headers: readonly string[]): Promise<NoteSource>;
}

import type { DesignedItem } from '../../config/draft/form-survey.ts';
import type { NotesDatabase } from '../../connectors/domino/port.ts';
import type { Unid } from '../sync/note.ts';
import type { OperationContext } from './operation.ts';

/** Real notes that a mapping is drafted from or tried on. */
export interface NoteSource {
  readonly database: NotesDatabase;
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
}

export interface NoteSources {
  /** Throws `bad-request` naming each file that is no usable DXL. */
  ofDxl(files: readonly string[], context: OperationContext): Promise<NoteSource>;
  /** The forms of a link's schema, whether mapped or not. Throws `not-found`, and `bad-request` where the way in shows no design. */
  ofDesign(linkId: string): Promise<NoteSource>;
}

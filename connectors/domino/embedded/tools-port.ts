import type { Items } from '../../../src/sync/note.ts';
import type { ImportResult } from '../dxl/import-dxl.ts';
import type { DominoAdministration, SavedNote } from './administration-port.ts';
import type { DominoDomain } from './domain-port.ts';
import type { DominoDesign } from './design-port.ts';
import type { FaultRule } from './faults/fault-script.ts';
import type { SampleReport } from './generate/generate-sample.ts';
import type { DominoPeople } from './people-port.ts';

/**
 * Port: what operators do on the embedded Domino, as its administrator would, or as a Notes user where a name is given (`as`). Everything is durable when it returns.
 * A database is a path on the home server, or `SERVER!!PATH`. What cannot be done is a {@link DominoToolError}.
 */
export interface DominoTools {
  /** Servers, clocks, switches. */
  readonly domain: DominoDomain;
  /** Replication, access, copies of whole databases. */
  readonly administration: DominoAdministration;
  /** Agents, and documents that people hold open. */
  readonly people: DominoPeople;
  /** Views, design catalog, full-text index, queries. */
  readonly design: DominoDesign;
  /** Throws `refused` when it exists. */
  createDatabase(database: string, title: string | null): DatabaseRow;
  listDatabases(): readonly DatabaseRow[];
  /** The notes saved last, newest first, at most `limit`. */
  listNotes(database: string, limit: number): NoteList;
  showNote(database: string, unid: string): ShownNote;
  /** A form of its own is the item `Form`. */
  createNote(database: string, items: Items, as: string | null): SavedNote;
  editNote(database: string, unid: string, items: Items, as: string | null): SavedNote;
  /** Leaves a deletion stub. */
  deleteNote(database: string, unid: string, as: string | null): DeletedNote;
  /** Only `readers` (and who is named in Authors items) see the note from now on; none = everybody. */
  setReaders(database: string, unid: string, readers: readonly string[], as: string | null): SavedNote;
  /**
   * Notes of the files, each file entirely or not at all, into the database, which is made when missing. Notes with the same UNID are replaced.
   * Repeatable. Throws only what `signal` was aborted with; files that cannot be used are in the result.
   */
  importDxl(database: string, files: readonly string[], watch: Watch): Promise<ImportResult>;
  /** Writes the whole database as one DXL file; an older file of that name is replaced once the new one is complete. */
  exportDxl(database: string, out: string, watch: Watch): Promise<ExportReport>;
  /** As {@link exportDxl}, as a text. Throws `bad-request` when it is longer than `maxLength` characters. */
  exportText(database: string, maxLength: number, watch: Watch): Promise<string>;
  /** Fills `<prefix>dangvien.nsf` and `<prefix>tacnghiep.nsf` with invented people. */
  generate(sample: SampleRequest, watch: Watch): Promise<SampleReport>;
  /** Throws `bad-request` with what is wrong with the rule. */
  addFault(rule: unknown): void;
  listFaults(): readonly FaultRule[];
  clearFaults(): void;
  /** What is left to chance is drawn anew from this seed. */
  seedFaults(seed: number): void;
}

export interface Watch {
  readonly signal: AbortSignal;
  /** `estimated` null = nobody can know. */
  readonly progress: (done: number, estimated: number | null) => void;
}

export interface DatabaseRow {
  readonly database: string;
  readonly title: string;
  readonly replicaId: string;
  readonly notes: number;
  readonly stubs: number;
  readonly bytes: number;
  readonly created: string;
}

export interface NoteList {
  readonly database: string;
  /** All notes of the database. */
  readonly total: number;
  readonly notes: readonly {
    readonly unid: string;
    readonly form: string;
    /** Time of the last save in this file. */
    readonly modified: string;
  }[];
}

/** Instants are `YYYY-MM-DDTHH:MM:SS.ccZ`. */
export interface ShownNote {
  readonly database: string;
  readonly unid: string;
  /** Hexadecimal; of this file only. */
  readonly noteId: string;
  /** The version half of the originator ID. */
  readonly sequence: number;
  readonly sequenceTime: string;
  readonly created: string;
  readonly modifiedInFile: string;
  readonly addedToFile: string;
  readonly parent: string | null;
  readonly conflict: boolean;
  readonly items: readonly ShownItem[];
}

export interface ShownItem {
  readonly name: string;
  readonly type: string;
  /** `summary`, `names`, `readers`, …; `list` for a stored list. */
  readonly flags: readonly string[];
  /** Empty for what is no simple value. */
  readonly values: readonly (string | number)[];
  /** Of rich text, files and raw data. */
  readonly bytes: number | null;
}

export interface DeletedNote {
  readonly database: string;
  readonly unid: string;
  readonly deletedAt: string;
  readonly by: string;
}

export interface ExportReport {
  readonly file: string;
  readonly notes: number;
  readonly bytes: number;
}

export interface SampleRequest {
  readonly members: number;
  readonly seed: number;
  readonly databasePrefix: string;
  readonly flaws: boolean;
  /** With everything that a city has, `meetings` regular ones in each cell included. */
  readonly city: boolean;
  readonly meetings: number;
}

/**
 * - `bad-request`: a name, value or rule that cannot be.
 * - `not-found`: no such database or note.
 * - `refused`: Domino's rules forbid it (access, limits), or it is there already.
 * Messages name items and UNIDs, never item values.
 */
export class DominoToolError extends Error {
  override readonly name = 'DominoToolError';
  readonly code: 'bad-request' | 'not-found' | 'refused';

  constructor(code: DominoToolError['code'], message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

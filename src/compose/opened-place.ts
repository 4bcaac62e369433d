import type { CallOptions, NotesDatabase } from '../../connectors/domino/port.ts';
import type { SourceForm } from '../operations/note-source.ts';

/** A database opened for the contract suite: what the suite needs beyond the port. */
export interface ScratchDatabase extends NotesDatabase {
  countNotes(forms: readonly string[] | null): Promise<number>;
}

/** One file on one server, opened through the way in that the configuration names. */
export interface OpenedPlace {
  /** `host:port`. */
  readonly serverName: string;
  /** After so long a write that got no answer can no longer land. */
  readonly writeMs: number;
  readonly database: NotesDatabase;
  /** Another file of the same server by the same way in. */
  readonly openBeside: (filePath: string) => Promise<ScratchDatabase>;
  /** What the server shows of itself and does to the link's documents. */
  readonly probe: (options: CallOptions) => Promise<Readonly<Record<string, unknown>>>;
  /** Where the way in shows the database's design. */
  readonly design?: PlaceDesign;
  readonly close: () => Promise<void>;
}

export interface PlaceDesign {
  forms(options?: CallOptions): Promise<readonly SourceForm[]>;
  /** The same file, to read these items of these forms, whatever the link maps. `headers` are read before anything else. */
  open(forms: readonly SourceForm[], headers: readonly string[]): NotesDatabase;
}

/** A write to the embedded Domino is done or dead with this process; over the network it can land until both ends gave up. */
export const EMBEDDED_LIMITS = { writeMs: 3_000, readMs: 10_000 } as const;

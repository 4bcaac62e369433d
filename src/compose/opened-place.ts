import type { CallOptions, NotesDatabase } from '../../connectors/domino/port.ts';

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
  readonly close: () => Promise<void>;
}

/** A write to the embedded Domino is done or dead with this process; over the network it can land until both ends gave up. */
export const EMBEDDED_LIMITS = { writeMs: 3_000, readMs: 10_000 } as const;

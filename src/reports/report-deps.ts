import type { NotesDatabase } from '../../connectors/domino/port.ts';
import type { ReportBook } from '../../connectors/postgres/reports-port.ts';
import type { Bridge } from '../operations/bridge.ts';
import type { Link } from '../passes/pass-deps.ts';

/** Where a link tells Notes users of what needs them. */
export interface ReportPlace {
  readonly link: Link;
  readonly database: NotesDatabase;
  /** Who may see the reports: names, groups, roles, `*` patterns. */
  readonly readers: readonly string[];
  /** The bridge's own Notes name: what it saved itself is nobody's choice. */
  readonly identity: string;
}

export interface ReportDeps {
  readonly bridge: Bridge;
  readonly book: ReportBook;
}

/** What one round did. */
export interface ReportTally {
  readonly made: number;
  readonly decided: number;
  readonly refused: number;
  readonly closed: number;
  readonly refreshed: number;
  /** Reports that wait for a choice when the round ends. */
  readonly waiting: number;
}

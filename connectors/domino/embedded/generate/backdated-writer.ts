import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { writeServerFile } from '../engine/server-file.ts';
import type { StoredNote } from '../stored-note.ts';

/** Below the 200 that one answer of Proton holds: no second of the file is too full to be read at once. */
const NOTES_PER_MOMENT = 150;
/** A small sample, too, spreads over many moments. */
const FEWEST_MOMENTS = 40;

export interface FileTimes {
  /** Instants in milliseconds: the first and the last in-file time that notes get. */
  readonly from: number;
  readonly to: number;
  /** How many notes are about to come, roughly. */
  readonly expected: number;
}

/**
 * Puts notes into a file as if that had happened little by little: in-file times grow from `from` to `to`. The engine stamps what it imports with
 * the server's time, so the clock is set back for each group and forward again before anything else of the process can look at it.
 */
export class BackdatedWriter {
  readonly #database: EmbeddedDatabase;
  readonly #domino: EmbeddedDomino;
  readonly #times: FileTimes;
  readonly #groupSize: number;
  #group: StoredNote[] = [];

  constructor(database: EmbeddedDatabase, domino: EmbeddedDomino, times: FileTimes) {
    this.#database = database;
    this.#domino = domino;
    this.#times = times;
    this.#groupSize = Math.min(NOTES_PER_MOMENT, Math.ceil(times.expected / FEWEST_MOMENTS));
  }

  /** `share` of the sample, 0 to 1, that is made so far. */
  add(note: StoredNote, share: number): void {
    this.#group.push(note);
    if (this.#group.length >= this.#groupSize) this.flush(share);
  }

  flush(share: number): void {
    if (this.#group.length === 0) return;
    const { from, to } = this.#times;
    const { clock, root, name } = this.#domino;
    const clockOffsetMs = clock.offsetMs;
    clock.set(from + Math.floor((to - from) * share));
    try {
      // The clock keeps every change on disk; a process that is killed now must find its own time again.
      writeServerFile(root, { name, clockOffsetMs });
      this.#database.import(this.#group);
    } finally {
      clock.step(clockOffsetMs - clock.offsetMs);
    }
    this.#group = [];
  }
}

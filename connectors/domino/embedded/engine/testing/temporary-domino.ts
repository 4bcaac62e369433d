import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedDatabase } from '../embedded-database.ts';
import { EmbeddedDomino, type EmbeddedDominoOptions } from '../embedded-domino.ts';
import { seededRandom } from '../seeded-random.ts';

/** A moment with a tick that is not a whole second. */
export const START = Date.parse('2026-03-02T01:02:03.450Z');

export interface TemporaryDomino extends Disposable {
  readonly root: string;
  domino: EmbeddedDomino;
  database: EmbeddedDatabase;
  /** Milliseconds since 1970 UTC; tests move it. */
  time: number;
  /** Closes everything and opens it again, as after a restart. */
  reopen(): void;
}

/** A server with one empty database `members.nsf` in a folder of its own; the time stands until the test moves it. */
export function temporaryDomino(options: Partial<EmbeddedDominoOptions> = {}): TemporaryDomino {
  const root = mkdtempSync(join(tmpdir(), 'embedded-domino-'));
  const open = (): EmbeddedDomino =>
    new EmbeddedDomino({
      root,
      timeSource: () => temporary.time,
      random: seededRandom(7),
      ...options,
    });
  const temporary = {
    root,
    time: START,
    reopen() {
      this.domino.close();
      this.domino = open();
      this.database = this.domino.openDatabase('members.nsf');
    },
    [Symbol.dispose]() {
      this.domino.close();
      rmSync(root, { recursive: true, force: true });
    },
  } as TemporaryDomino;
  temporary.domino = open();
  temporary.database = temporary.domino.createDatabase('members.nsf', { title: 'Đảng viên' });
  return temporary;
}

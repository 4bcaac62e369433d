import { Client } from 'pg';
import type { NotesDatabase } from '../../connectors/domino/port.ts';

const WRITES = new Set(['createNote', 'replaceItems', 'deleteNote']);

/** Running numbers; read before and after what is measured. */
export interface Counts {
  /** Statements sent to PostgreSQL by this process, BEGIN and COMMIT included. */
  readonly sql: number;
  /** Calls of the Domino port. */
  readonly calls: number;
  /** Those of them that write. */
  readonly writes: number;
}

export class Counter {
  #counts: Counts = { sql: 0, calls: 0, writes: 0 };

  /** Counts every statement of every pg client from now on, in this process. */
  watchSql(): void {
    const prototype = Client.prototype as unknown as { query: (...given: unknown[]) => unknown };
    const real = prototype.query;
    const count = () => this.#add({ sql: 1 });
    prototype.query = function query(...given) {
      count();
      return Reflect.apply(real, this, given);
    };
  }

  /** The same database, its calls counted. */
  counted(database: NotesDatabase): NotesDatabase {
    return new Proxy(database, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]): unknown => {
          this.#add({ calls: 1, writes: WRITES.has(String(property)) ? 1 : 0 });
          return Reflect.apply(value, target, given);
        };
      },
    });
  }

  since(before: Counts): Counts {
    const { sql, calls, writes } = this.#counts;
    return { sql: sql - before.sql, calls: calls - before.calls, writes: writes - before.writes };
  }

  now(): Counts {
    return this.#counts;
  }

  #add(more: Partial<Counts>): void {
    const { sql, calls, writes } = this.#counts;
    this.#counts = {
      sql: sql + (more.sql ?? 0),
      calls: calls + (more.calls ?? 0),
      writes: writes + (more.writes ?? 0),
    };
  }
}

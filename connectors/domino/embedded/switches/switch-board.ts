import { join } from 'node:path';
import * as z from 'zod';
import { readJson, writeJson } from '../engine/server-file.ts';
import { SWITCH_VALUES } from './switch-values.ts';

export type SwitchValue = string | number;
type Overrides = Readonly<Record<string, SwitchValue>>;

const overrides = z.strictObject(SWITCH_VALUES).partial();
const boardSchema = z.strictObject({ server: overrides, databases: z.record(z.string(), overrides) });

interface Live {
  readonly target: WeakRef<object>;
  readonly base: object;
  readonly database: string | null;
}

/** From so many on those that are gone are let go. */
const MANY = 500;

/**
 * Switches that somebody set, for the server or for one database, in `switches.json` of the data folder. What is set for a database counts there before
 * what is set for the server.
 */
export class SwitchBoard {
  readonly #file: string;
  #lives: Live[] = [];
  readonly #listeners: ((name: string) => void)[] = [];
  #server: Overrides;
  #databases: Readonly<Record<string, Overrides>>;

  /** Throws when the file holds what is no switch. */
  constructor(root: string) {
    this.#file = join(root, 'switches.json');
    const kept = boardSchema.safeParse(readJson(this.#file) ?? { server: {}, databases: {} });
    if (!kept.success) throw new Error(`cannot use "${this.#file}": ${z.prettifyError(kept.error)}`);
    this.#server = kept.data.server as Overrides;
    this.#databases = kept.data.databases as Readonly<Record<string, Overrides>>;
  }

  /** `base` with what is set of it, now and whenever that changes: the same object. `database` null = what counts for the server. */
  live<T extends object>(base: T, database: string | null): T {
    const target = { ...base };
    // Held weakly: a face that nobody uses any more is gone with its switches.
    if (this.#lives.length >= MANY)
      this.#lives = this.#lives.filter((one) => one.target.deref() !== undefined);
    this.#lives.push({ target: new WeakRef(target), base, database });
    return Object.assign(target, this.read(base, database));
  }

  /** `base` with what is set of it now. */
  read<T extends object>(base: T, database: string | null): T {
    const own = database === null ? {} : (this.#databases[database] ?? {});
    return Object.fromEntries(
      Object.entries(base).map(([name, value]) => [name, own[name] ?? this.#server[name] ?? value]),
    ) as T;
  }

  /** What was set for the server (`database` null) or for this database; null = nothing. */
  given(name: string, database: string | null): SwitchValue | null {
    return (database === null ? this.#server : this.#databases[database])?.[name] ?? null;
  }

  /** Databases that have switches of their own. */
  databases(): string[] {
    return Object.keys(this.#databases).sort();
  }

  /** Durable when it returns; null takes away what was set. Throws when there is no such switch or it has no such value. */
  set(name: string, value: SwitchValue | null, database: string | null): void {
    const changed = (before: Overrides): Overrides =>
      Object.fromEntries(
        Object.entries({ ...before, [name]: value }).flatMap(([key, one]) =>
          one === null ? [] : [[key, one]],
        ),
      );
    const others = Object.entries(this.#databases).filter(([key]) => key !== database);
    const next = {
      server: database === null ? changed(this.#server) : this.#server,
      databases: Object.fromEntries(
        database === null
          ? others
          : [...others, [database, changed(this.#databases[database] ?? {})] as const],
      ),
    };
    const kept = {
      ...next,
      databases: Object.fromEntries(
        Object.entries(next.databases).filter(([, own]) => Object.keys(own).length > 0),
      ),
    };
    boardSchema.parse(kept);
    writeJson(this.#file, kept);
    this.#server = kept.server;
    this.#databases = kept.databases;
    for (const { target, base, database: of } of this.#lives) {
      Object.assign(target.deref() ?? {}, this.read(base, of));
    }
    for (const listener of this.#listeners) listener(name);
  }

  /** Called after each change with the name of the switch. */
  onChange(listener: (name: string) => void): void {
    this.#listeners.push(listener);
  }
}

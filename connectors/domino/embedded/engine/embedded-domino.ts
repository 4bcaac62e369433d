import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { databaseFile, isDatabaseName, normalDatabasePath } from './database-path.ts';
import { EmbeddedDatabase, initialiseDatabase } from './embedded-database.ts';
import { EngineError } from './engine-error.ts';
import { type EngineQuirks, HARSH_ENGINE } from './engine-quirks.ts';
import { GroupDirectory } from './group-directory.ts';
import type { NotesIdentity } from './identity.ts';
import { DOMINO_LIMITS, type NoteLimits } from './note-limits.ts';
import { NotesClock } from './notes-clock.ts';
import { RequestLog } from './request-log.ts';
import { readServerFile, writeServerFile } from './server-file.ts';
import type { Random } from './seeded-random.ts';
import { SwitchBoard } from '../switches/switch-board.ts';

export interface EmbeddedDominoOptions {
  /** The data folder; made when missing. One process at a time. */
  readonly root: string;
  /** Canonical name of the server, kept in the folder; asked for only the first time. */
  readonly name?: string;
  /** Milliseconds since 1970 UTC; the server's clock offset is added. */
  readonly timeSource?: () => number;
  /** For UNIDs and replica IDs; cryptographic unless given. */
  readonly random?: Random;
  readonly limits?: Partial<NoteLimits>;
  readonly quirks?: Partial<EngineQuirks>;
  /** Of the domain, where another server keeps them; its own unless given. */
  readonly groups?: GroupDirectory;
  readonly switches?: SwitchBoard;
}

export interface DatabaseEntry {
  readonly filePath: string;
  readonly title: string;
  readonly replicaId: string;
  /** Bytes on disk. */
  readonly size: number;
  readonly created: number;
  /** Time of the file system, not of the server's clock. */
  readonly modified: number;
}

const DEFAULT_NAME = 'CN=Embedded/O=Domino';

/** A Domino server in this process: a folder of databases, a clock of its own, a log of what was asked. */
export class EmbeddedDomino {
  readonly root: string;
  readonly name: string;
  readonly clock: NotesClock;
  readonly requests = new RequestLog();
  /** The groups of the server's domain. */
  readonly groups: GroupDirectory;
  /** Switches that were set for this server, over what the code gives. */
  readonly switches: SwitchBoard;
  readonly #quirks: EngineQuirks;
  readonly #addressOf: (filePath: string) => string;
  readonly #random: Random;
  readonly #limits: NoteLimits;
  readonly #open = new Map<string, EmbeddedDatabase>();

  constructor(options: EmbeddedDominoOptions) {
    this.root = options.root;
    mkdirSync(options.root, { recursive: true });
    const kept = readServerFile(options.root);
    this.name = kept?.name ?? options.name ?? DEFAULT_NAME;
    const save = (clockOffsetMs: number): void =>
      writeServerFile(options.root, { name: this.name, clockOffsetMs });
    this.clock = new NotesClock({
      ...(options.timeSource === undefined ? {} : { source: options.timeSource }),
      offsetMs: kept?.clockOffsetMs ?? 0,
      onChange: save,
    });
    if (kept === null) save(0);
    this.#random = options.random ?? (() => randomInt(0, 2 ** 32) / 2 ** 32);
    this.groups = options.groups ?? new GroupDirectory(options.root);
    this.switches = options.switches ?? new SwitchBoard(options.root);
    this.#quirks = { ...HARSH_ENGINE, ...options.quirks };
    this.#addressOf = (path) => (options.switches === undefined ? path : `${this.name}!!${path}`);
    this.#limits = { ...DOMINO_LIMITS, ...options.limits };
  }

  now(): number {
    return this.clock.now();
  }

  /** A new, empty file. Throws `exists`, `bad-path`. `replicaId` makes it a replica of another database. */
  createDatabase(
    filePath: string,
    options: { readonly title?: string; readonly replicaId?: string } = {},
  ): EmbeddedDatabase {
    const file = databaseFile(this.root, filePath);
    if (existsSync(file)) throw new EngineError('exists', `cannot create "${filePath}": it exists already`);
    mkdirSync(dirname(file), { recursive: true });
    const replicaId = (options.replicaId ?? this.#mintReplicaId()).toUpperCase();
    if (!/^[0-9A-F]{16}$/u.test(replicaId)) {
      throw new EngineError('rejected', `cannot create "${filePath}": a replica ID has 16 hex digits`);
    }
    initialiseDatabase(file, { title: options.title ?? filePath, replicaId, created: this.now() });
    return this.openDatabase(filePath);
  }

  /** The same object for the same path. Throws `no-database`, `bad-path`. */
  openDatabase(filePath: string): EmbeddedDatabase {
    const path = normalDatabasePath(filePath);
    const known = this.#open.get(path);
    if (known !== undefined) return known;
    const file = databaseFile(this.root, path);
    if (!existsSync(file)) throw new EngineError('no-database', `there is no database "${path}"`);
    const database = new EmbeddedDatabase(file, {
      filePath: path,
      serverName: this.name,
      clock: this.clock,
      random: this.#random,
      limits: this.#limits,
      quirks: this.switches.live(this.#quirks, this.#addressOf(path)),
      groupsOf: (name) => this.groups.groupsOf(name),
    });
    this.#open.set(path, database);
    return database;
  }

  /** The identity with the level, roles and rights that the database gives it; as it is where there is no such database. */
  identityIn(filePath: string, identity: NotesIdentity): NotesIdentity {
    const known =
      this.#open.get(filePath) ?? (this.hasDatabase(filePath) ? this.openDatabase(filePath) : null);
    return known === null ? identity : known.identityOf(identity);
  }

  /** `base` with what is set of it now for a database. */
  switchesIn<T extends object>(filePath: string, base: T): T {
    return this.switches.read(base, this.#addressOf(filePath));
  }

  hasDatabase(filePath: string): boolean {
    return existsSync(databaseFile(this.root, filePath));
  }

  /** By path. */
  listDatabases(): DatabaseEntry[] {
    const files = readdirSync(this.root, { recursive: true, withFileTypes: true });
    return files
      .filter((entry) => entry.isFile() && isDatabaseName(entry.name))
      .map((entry) => relative(this.root, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .sort()
      .map((filePath) => {
        const { size, mtimeMs } = statSync(databaseFile(this.root, filePath));
        const { title, replicaId, created } = this.openDatabase(filePath);
        return { filePath, title, replicaId, size, created, modified: Math.floor(mtimeMs) };
      });
  }

  /** Removes the file with all its notes and stubs. Throws `no-database`, `bad-path`. */
  deleteDatabase(filePath: string): void {
    const file = this.releaseDatabase(filePath);
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  }

  /** Closes the file, so that it can be moved or replaced; the next call on it opens it anew. Answers where it lies. Throws `no-database`, `bad-path`. */
  releaseDatabase(filePath: string): string {
    const path = normalDatabasePath(filePath);
    const file = databaseFile(this.root, path);
    if (!existsSync(file)) throw new EngineError('no-database', `there is no database "${path}"`);
    this.#open.get(path)?.close();
    this.#open.delete(path);
    return file;
  }

  /** Closes every database; all later calls on them fail. */
  close(): void {
    for (const database of this.#open.values()) database.close();
    this.#open.clear();
  }

  #mintReplicaId(): string {
    const half = (): string =>
      Math.floor(this.#random() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, '0');
    return half() + half();
  }
}

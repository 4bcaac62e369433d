/**
 * Port: the servers of the embedded Domino's domain, and how its open points are set. The home server is the one that links work on; others hold replicas and have
 * clocks of their own. Everything is durable when it returns. What cannot be done is a `DominoToolError`.
 */
export interface DominoDomain {
  listServers(): readonly ServerRow[];
  /** `name` is canonical: `CN=Huyen/O=Tinh uy`. */
  addServer(name: string): ServerRow;
  /** With all its databases, when `confirmed`; else the answer says what would go. Throws `refused` for the home server. */
  removeServer(name: string, confirmed: boolean): RemovedServer;
  /** `server` null = the home server. Less than 0 seconds = back; 0 = nothing moves. */
  moveClock(server: string | null, seconds: number): ServerTime;
  /** All switches, or one, as they are for the server, or for the database that is named. Throws `not-found`. */
  listSwitches(name: string | null, database: string | null): readonly SwitchRow[];
  /** Counts from the next call on, for every database or for the one that is named; null = as if nobody had set it. Switches of the REST face have no database of their own, and setting one restarts that face. Throws `not-found`, `bad-request`. */
  setSwitch(name: string, value: string | null, database: string | null): SwitchRow;
}

export interface ServerRow {
  readonly server: string;
  readonly home: boolean;
  readonly now: string;
  /** Ahead of the machine's clock. */
  readonly offsetSeconds: number;
  readonly databases: number;
}

export interface RemovedServer {
  readonly server: string;
  readonly done: boolean;
  readonly databases: readonly string[];
}

export interface SwitchRow {
  readonly name: string;
  /** What it is a switch of. */
  readonly part: 'engine' | 'dql' | 'proton' | 'rest';
  readonly value: string;
  readonly default: string;
  /** Every value that it can have. */
  readonly values: readonly string[];
  /** Where the value comes from. */
  readonly setFor: 'default' | 'server' | 'database';
  /** Databases that have a value of their own. */
  readonly databases: readonly string[];
  /** What public sources leave open. */
  readonly question: string;
  readonly source: string;
}

export interface ServerTime {
  readonly server: string;
  readonly now: string;
  /** Ahead of the machine's clock. */
  readonly offsetSeconds: number;
}

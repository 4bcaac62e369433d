/** What a REST face of the embedded Domino serves, once it listens. */
export interface RestServing {
  readonly url: string;
  readonly scopes: readonly {
    readonly scope: string;
    readonly database: string;
    readonly forms: readonly string[];
    readonly views: readonly string[];
  }[];
  /** Domino name that logs in. */
  readonly user: string;
}

export interface RestServerOptions {
  /** Absolute; locked while the server runs. */
  readonly dataDir: string;
  /** 0 = any free one. */
  readonly port: number;
  /** `NAME=DATABASE.nsf` or `NAME=DATABASE.nsf:SCHEMA.json`; none = every database under a name made of its own. */
  readonly scopes: readonly string[];
  /** `NAME=VALUE` of the face's switches. */
  readonly switches: readonly string[];
  readonly user: string;
  readonly password: string;
  /** For schemas that are made from the notes. */
  readonly requireRevision: boolean;
  /** What relative file names are relative to. */
  readonly cwd: string;
}

/**
 * Starts HCL's REST API on the embedded Domino, on loopback. Throws `UsageError` for scopes and switches that are none, `DataDirInUseError` where another process
 * has the data directory. Exported by `in-process-rest.ts`, which is loaded only when it is needed.
 */
export type StartRestServer = (options: RestServerOptions) => Promise<{
  readonly serving: RestServing;
  close(): Promise<void>;
}>;

import type { CreateInProcessCaller } from './caller.ts';
import type { StartRestServer } from './rest-server.ts';
import type { LookAtMachine } from './machine-look.ts';

/** What a run of the command line needs from its surroundings; tests bring their own. */
export interface Shell {
  /** Without the program and the script. */
  readonly argv: readonly string[];
  /** What relative file names on the command line are relative to. */
  readonly cwd: string;
  /** The operating system's user, for the journal. */
  readonly user: string;
  /** Null where standard error is not a terminal: progress is then printed as lines. */
  readonly progressTerminal: NodeJS.WriteStream | null;
  /** Whether standard output is a terminal, on which a text can be drawn over. */
  readonly isOutputTerminal: boolean;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** The settings' data directory, absolute; `configFile` as in `InProcessOptions`. Throws `ConfigError`. */
  readonly readDataDir: (configFile: string | null) => string;
  readonly loadInProcess: () => Promise<CreateInProcessCaller>;
  readonly loadRestServer: () => Promise<StartRestServer>;
  readonly loadDoctor: () => Promise<LookAtMachine>;
}

/** How the command is typed in a shell, for hints that can be copied. */
export const TYPED = 'npm run -s bridge --';

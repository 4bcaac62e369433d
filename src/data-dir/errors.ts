import type { Running } from './running.ts';

/** Another process works on the data directory. `holder` is null when it has not said who it is (yet). */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';
  readonly path: string;
  readonly holder: Running | null;

  constructor(path: string, holder: Running | null) {
    super(`Cannot open the data directory "${path}": ${sayWho(holder)}`);
    this.path = path;
    this.holder = holder;
  }
}

/** The data directory cannot be used as it is; the message says what to change. */
export class DataDirUnusableError extends Error {
  override readonly name = 'DataDirUnusableError';
}

function sayWho(holder: Running | null): string {
  if (holder === null)
    return 'another bridge process is using it and has not said who it is. Wait a moment and try again.';
  if (holder.url === null) {
    return `bridge process ${holder.pid} is using it (a command at work, or a server that is starting). Wait until it ends and try again.`;
  }
  return (
    `the bridge server with process id ${holder.pid} is using it, at ${holder.url}. ` +
    'Work through that server, or stop it first (Ctrl-C in its terminal, or SIGTERM to that process id).'
  );
}

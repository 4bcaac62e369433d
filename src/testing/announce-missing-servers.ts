import { missingServers } from './server-variables.ts';

/** Vitest's global set-up: says once why tests are skipped, because its summary gives only their number. */
export function setup(): void {
  const missing = missingServers(['postgres', 'outside', 'redis'], process.env);
  if (missing.length === 0) return;
  process.stdout.write(
    `\n Tests that need real servers are skipped: ${missing.join(', ')} not set. ".ci/run" starts such servers and runs them.\n`,
  );
}

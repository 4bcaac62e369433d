import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The pages under test are those of the sources. */
export function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '../build.ts')], { stdio: 'inherit' });
}

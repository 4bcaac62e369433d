import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that stands in for the package. */
export const PACKAGE = fileURLToPath(new URL('../domino-db', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder that knows nothing of this project, with a copy of the program in it. */
export class ProgramFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'domino-db-program-'));

  run(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Outcome> {
    const source = fileURLToPath(new URL(program, import.meta.url));
    cpSync(source, join(this.path, basename(program)));
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [basename(program), ...args], {
        cwd: this.path,
        env: { PATH: process.env['PATH'] ?? '', ...env },
      });
      const texts = { out: '', err: '' };
      child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, ...texts }));
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

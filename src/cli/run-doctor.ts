import { resolve } from 'node:path';
import { z } from 'zod';
import { EXIT, type ExitCode, failureOf } from './exit-codes.ts';
import { type Finding, findingSchema } from './machine-look.ts';
import { readAnswer } from './operation-request.ts';
import { type CommonOptions, openBridge, tell } from './run-request.ts';
import type { Shell } from './shell.ts';
import { renderTable } from './table.ts';

const answer = z.object({ version: z.string(), findings: z.array(findingSchema) });

export interface DoctorOptions extends CommonOptions {
  readonly link?: string;
  /** Look at this machine only. */
  readonly local?: true;
}

/** Looks at this machine first, which needs no bridge, then asks the bridge about its links. A bridge that cannot be asked is a finding. */
export async function runDoctor(shell: Shell, options: DoctorOptions): Promise<ExitCode> {
  try {
    const findings: Finding[] = [];
    let settings = true;
    if (options.server === undefined) {
      const absolute = (file: string | undefined) => (file === undefined ? null : resolve(shell.cwd, file));
      const lookAtMachine = await shell.loadDoctor();
      const here = await lookAtMachine({
        configFile: absolute(options.config),
        dataDir: absolute(options.dataDir),
      });
      findings.push(...here.findings);
      settings = here.settings;
    }
    if (settings && options.local !== true) findings.push(...(await askBridge(shell, options)));
    const ok = findings.every(({ level }) => level !== 'problem');
    shell.writeOut(
      options.json === true ? `${JSON.stringify({ ok, findings }, null, 2)}\n` : shown(findings),
    );
    return ok ? EXIT.ok : EXIT.failed;
  } catch (error) {
    const failure = failureOf(error, shell.signal.aborted);
    tell(shell, failure, options.json === true);
    return failure.exit;
  }
}

async function askBridge(shell: Shell, options: DoctorOptions): Promise<readonly Finding[]> {
  try {
    const caller = await openBridge(shell, options);
    try {
      const args = options.link === undefined ? {} : { link: options.link };
      const result = await caller.callOperation('doctor', args, {
        onProgress: () => undefined,
        signal: shell.signal,
      });
      return readAnswer(answer, result).findings;
    } finally {
      await caller.close();
    }
  } catch (error) {
    const { code, message } = failureOf(error, shell.signal.aborted);
    if (code === 'interrupted' || code === 'usage') throw error;
    return [
      {
        check: 'bridge',
        subject: 'links',
        level: 'problem',
        found: message,
        todo: 'mend what stands above, then ask again; the last lines of bridge.log say more',
      },
    ];
  }
}

const SIGNS = { ok: 'ok', warning: 'WARNING', problem: 'PROBLEM' } as const;

/** One line a finding, then what to do in the order of urgency. */
function shown(findings: readonly Finding[]): string {
  const table = renderTable<Finding>(
    [
      { title: '', text: ({ level }) => SIGNS[level] },
      { title: 'check', text: ({ check }) => check },
      { title: 'of', text: ({ subject }) => subject },
      { title: 'found', text: ({ found }) => found },
    ],
    findings,
  );
  const steps = (['problem', 'warning'] as const).flatMap((wanted) =>
    findings
      .filter(({ level }) => level === wanted)
      .map(({ check, subject, todo }) => `  ${SIGNS[wanted]} ${check} ${subject}: ${todo}\n`),
  );
  return `${table}\n${steps.length === 0 ? 'Nothing is to be done.\n' : `To do:\n${steps.join('')}`}`;
}

import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { ConfigError } from '../config/config-problem.ts';
import { readConfig } from '../config/read-config.ts';
import { compose, newLocalToken } from './compose.ts';
import { openDataDir } from './data-dir/data-dir.ts';
import { DataDirInUseError, DataDirUnusableError } from './data-dir/errors.ts';
import { firstOperator } from './start/first-operator.ts';
import { openLog } from './start/open-log.ts';
import { firstRound } from './start/first-round.ts';
import { sampleAccounts } from './start/sample-accounts.ts';

/** How long running passes and requests may take to come to a safe point after SIGTERM. */
const GRACE_MS = 20_000;
const WORKERS = 4;

async function start(): Promise<void> {
  const config = readConfig({ env: process.env, cwd: process.cwd() });
  const dataDir = openDataDir(config.dataDir);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const { log, close: closeLog } = openLog(dataDir.path, config.logLevel);
  let close: () => Promise<void> = async () => {
    closeLog();
    dataDir.close();
  };
  try {
    say(`Bridge: Notes/Domino ⇄ Sổ tay đảng viên điện tử (Node ${process.version}, data in ${dataDir.path})`);
    const composed = await compose({
      config,
      dataDir: dataDir.path,
      log,
      onSample: (done, estimated) => {
        if (done % 1000 < 22) say(`  sample: ${done} of ${estimated} invented members`);
      },
    });
    close = async () => {
      await composed.close();
      closeLog();
      dataDir.close();
    };
    if (composed.sampleNotes !== null)
      say(`Embedded Domino: ${composed.sampleNotes} sample notes of invented people`);
    say(
      `Stores: inside ${composed.places.inside}; outside ${composed.places.outside}; queue ${composed.places.queue}`,
    );
    const operator = await firstOperator(
      composed.accounts.inside,
      config.accounts.operator.login,
      config.accounts.operator.password?.reveal() ?? null,
    );

    const jobs = await composed.openJobs();
    const token = newLocalToken();
    const app = composed.buildApp(jobs, token);
    const url = await app.listen({ host: config.server.host, port: config.server.port });
    dataDir.announce({ url, token });
    closeWithGrace(
      { delay: GRACE_MS, logger: { error: (error: unknown) => log.error({ err: error }, 'closing') } },
      async ({ err }) => {
        if (err) log.fatal({ err }, 'the bridge stops after an unexpected error');
        say('Stopping: running passes come to a safe point…');
        await close();
      },
    );

    await firstRound(composed, say);
    const sampleFile = join(dataDir.path, 'sample-accounts.txt');
    if ((config.embedded?.sampleMembers ?? 0) > 0 && (await sampleAccounts(composed, sampleFile)))
      say(`Invented accounts, one for each role: ${sampleFile} (only its owner reads it)`);
    await jobs.schedule(composed.schedules);
    jobs.work(WORKERS);
    say('');
    say(`Ready.  ${url}/        status page`);
    say(`        ${url}/sign-in sign in with a browser`);
    say(`        ${url}/console/  for operators`);
    say(`        ${url}/docs    API`);
    say(`        ${url}/health/ready`);
    if (operator !== null)
      say(`        operator account "${operator.login}", password "${operator.password}" (shown this once)`);
    say('        npm run -s bridge -- status      what every link does');
    say('        npm run -s bridge -- --help      everything else');
  } catch (error) {
    await close();
    throw error;
  }
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `This is Node.js ${process.versions.node}; the bridge needs 22.18 or newer.\nThe project brings its own along. Use it:\n  npm start\n`,
  );
  process.exitCode = 2;
} else {
  start().catch((error: unknown) => {
    const expected =
      error instanceof ConfigError ||
      error instanceof DataDirInUseError ||
      error instanceof DataDirUnusableError ||
      isAddressInUse(error);
    process.stderr.write(
      `${expected && error instanceof Error ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    if (isAddressInUse(error))
      process.stderr.write('Another program has the port: set PORT to a free one.\n');
    process.exitCode = expected ? 4 : 1;
  });
}

function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

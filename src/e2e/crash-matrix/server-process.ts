import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server of this machine on a port of its own, that can be killed with all its children and started again on what it left behind. */
export class ServerProcess {
  readonly port: number;
  readonly #command: readonly string[];
  readonly #ready: string;
  #process: ChildProcess | null = null;

  constructor(port: number, command: readonly string[], readyBytes: string) {
    this.port = port;
    this.#command = command;
    this.#ready = readyBytes;
  }

  async start(): Promise<void> {
    const [program = '', ...args] = this.#command;
    this.#process = spawn(program, args, { stdio: 'ignore', cwd: '/' });
    await this.#answers();
  }

  /** kill -9, children included. */
  async kill(): Promise<void> {
    const dying = this.#process;
    this.#process = null;
    if (dying?.pid === undefined || dying.exitCode !== null) return;
    const exit = once(dying, 'exit');
    // Parents first: PostgreSQL's would start what it sees die. Its children are in sessions of their own.
    const family = familyOf(dying.pid);
    for (const pid of family) killed(pid);
    await exit;
    while (family.some(lives)) await sleep(10);
  }

  async #answers(): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      if (await asks(this.port, this.#ready)) return;
      if (this.#process?.exitCode !== null && this.#process?.exitCode !== undefined)
        throw new Error(`${this.#command[0]} ended with code ${this.#process.exitCode}`);
      await sleep(50);
    }
    throw new Error(`nothing answers on port ${this.port} after 30 s`);
  }
}

/** A process and everything below it, parents before children. */
function familyOf(pid: number): readonly number[] {
  const children = readChildren(pid);
  return [pid, ...children.flatMap(familyOf)];
}

function readChildren(pid: number): readonly number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  } catch {
    // It has ended meanwhile.
    return [];
  }
}

function lives(pid: number): boolean {
  try {
    return !/^State:\s*[ZX]/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether a server answers these bytes with anything that is not "starting up". */
function asks(port: number, bytes: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new Socket();
    const end = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.on('data', (piece: Buffer) => end(!piece.includes('57P03')));
    socket.connect(port, '127.0.0.1', () => socket.write(Buffer.from(bytes, 'latin1')));
  });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** PostgreSQL refuses to run as root. setpriv becomes what it starts: the server is our own child, and nobody else has to bury it. */
const AS_POSTGRES =
  process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];

/** A cluster in `directory` (made here), trusted on loopback, not started. It does not fsync: the machine's own death is not among the tests. */
export async function newPostgres(directory: string): Promise<ServerProcess> {
  const bin = postgresBin();
  mkdirSync(directory);
  if (AS_POSTGRES.length > 0) execFileSync('chown', ['postgres:', directory]);
  const data = join(directory, 'data');
  const initdb = [
    'initdb',
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ];
  const [program = '', ...args] = [...AS_POSTGRES, join(bin, initdb[0] ?? ''), ...initdb.slice(1)];
  execFileSync(program, args, { cwd: '/', stdio: 'ignore' });
  const port = await freePort();
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'max_connections=100',
    'logging_collector=off',
  ];
  const command = [
    ...AS_POSTGRES,
    join(bin, 'postgres'),
    '-D',
    data,
    ...settings.flatMap((one) => ['-c', one]),
  ];
  return new ServerProcess(port, command, STARTUP);
}

/** A start-up message for a database that does not exist: answered by an error as soon as the server takes connections. */
const STARTUP = (() => {
  const body = 'user\0postgres\0database\0nobody\0\0';
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + body.length, 0);
  head.writeInt32BE(196_608, 4);
  return head.toString('latin1') + body;
})();

export async function newRedis(directory: string): Promise<ServerProcess> {
  mkdirSync(directory);
  const port = await freePort();
  const settings = [
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'yes',
    '--maxmemory-policy',
    'noeviction',
  ];
  return new ServerProcess(
    port,
    ['redis-server', '--port', String(port), '--dir', directory, ...settings],
    'PING\r\n',
  );
}

/** Debian keeps postgres out of the PATH. */
function postgresBin(): string {
  const root = '/usr/lib/postgresql';
  const [newest] = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  if (newest === undefined)
    throw new Error(`No PostgreSQL below ${root}: ".ci/run servers:install" installs it`);
  return join(root, newest, 'bin');
}

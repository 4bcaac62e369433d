import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { SharedSession } from './shared-session.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './worker-messages.ts';

/*
 * The thread that PGlite lives in. On the main thread a single statement would keep every timer and socket of the process waiting.
 */

const port = parentPort;
if (port === null) throw new Error('This file is started as a worker thread by open-pglite.ts');

function tell(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

function fail(error: unknown): void {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  port?.close();
}

async function start(settings: WorkerSettings): Promise<void> {
  const database = await PGlite.create(settings.dataDir ?? 'memory://');
  const { rows } = await database.query<{ version: string }>(
    `SELECT current_setting('server_version') AS version`,
  );
  const session = new SharedSession({
    async execute(message) {
      const chunks: Buffer[] = [];
      // The streaming call is the one that leaves the answer unparsed; the chunk is a window into memory that is used again.
      await database.execProtocolRawStream(message, {
        onRawData: (chunk) => chunks.push(Buffer.from(chunk)),
      });
      return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    },
    send(connection, bytes) {
      const copy = new Uint8Array(bytes);
      tell({ kind: 'bytes', connection, bytes: copy }, [copy.buffer]);
    },
    end: (connection) => tell({ kind: 'ended', connection }),
    parameters: {
      server_version: rows[0]?.version ?? '',
      server_encoding: 'UTF8',
      client_encoding: 'UTF8',
      DateStyle: 'ISO, MDY',
      integer_datetimes: 'on',
      standard_conforming_strings: 'on',
      TimeZone: 'UTC',
    },
    searchPath: 'public',
    idleInTransactionMs: settings.idleInTransactionMs,
  });

  port?.on('message', (message: ToWorker) => {
    if (message.kind === 'open') session.open(message.connection, message.searchPath);
    else if (message.kind === 'bytes')
      session.receive(message.connection, Buffer.from(message.bytes.buffer)).catch(fail);
    else if (message.kind === 'close') session.close(message.connection).catch(fail);
    else database.close().then(() => port?.close(), fail);
  });
  tell({ kind: 'ready' });
}

start(workerData as WorkerSettings).catch(fail);

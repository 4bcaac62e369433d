import { Worker } from 'node:worker_threads';
import { PgliteStream } from './pglite-stream.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './worker-messages.ts';

/** The main thread's end of PGlite's thread: hands out streams that pg takes for sockets. */
export class PgliteThread {
  readonly #worker: Worker;
  readonly #streams = new Map<number, PgliteStream>();
  readonly #exited: Promise<void>;
  #nextConnection = 1;
  #failure: Error | null = null;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()));
    worker.on('message', (message: FromWorker) => this.#hear(message));
    worker.on('error', (error) => this.#fail(error.message));
    worker.on('exit', (code) => this.#fail(`its thread ended with code ${code}`));
  }

  /** Starts the thread and waits until the database answers. Rejects when it cannot be opened. */
  static async start(settings: WorkerSettings): Promise<PgliteThread> {
    const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
      name: 'pglite',
      workerData: settings,
      execArgv: [],
    });
    await new Promise<void>((resolve, reject) => {
      worker.once('message', (message: FromWorker) => {
        if (message.kind === 'ready') resolve();
        else
          reject(
            new Error(
              `Cannot open the embedded database: ${message.kind === 'failed' ? message.message : message.kind}`,
            ),
          );
      });
      worker.once('error', (cause) =>
        reject(new Error(`Cannot open the embedded database: ${cause.message}`, { cause })),
      );
      worker.once('exit', (code) =>
        reject(new Error(`Cannot open the embedded database: its thread ended with code ${code}`)),
      );
    });
    return new PgliteThread(worker);
  }

  /** A new connection with its own search_path; it costs no session. */
  stream(searchPath: string): PgliteStream {
    const connection = this.#nextConnection++;
    const stream: PgliteStream = new PgliteStream(
      {
        write: (bytes) => {
          // pg writes from a buffer that it uses again.
          const copy = new Uint8Array(bytes);
          this.#tell({ kind: 'bytes', connection, bytes: copy }, [copy.buffer]);
        },
        close: () => {
          if (this.#streams.delete(connection)) this.#tell({ kind: 'close', connection });
        },
      },
      () => {
        if (this.#failure !== null) return this.#failure;
        this.#streams.set(connection, stream);
        this.#tell({ kind: 'open', connection, searchPath });
        return null;
      },
    );
    return stream;
  }

  /** Breaks connections that are still open, closes the database and waits for the thread. */
  async stop(): Promise<void> {
    this.#fail('it was closed');
    this.#worker.postMessage({ kind: 'stop' } satisfies ToWorker, []);
    await this.#exited;
  }

  /** Ends the thread where it stands, as a crash would. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #tell(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    if (this.#failure === null) this.#worker.postMessage(message, transfer);
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'bytes')
      this.#streams.get(message.connection)?.push(Buffer.from(message.bytes.buffer));
    else if (message.kind === 'ended') {
      const stream = this.#streams.get(message.connection);
      this.#streams.delete(message.connection);
      stream?.push(null);
    } else if (message.kind === 'failed') this.#fail(message.message);
  }

  #fail(reason: string): void {
    if (this.#failure !== null) return;
    this.#failure = new Error(
      `The embedded database is gone: ${reason}. What was committed is kept; start the process again`,
    );
    const streams = [...this.#streams.values()];
    this.#streams.clear();
    for (const stream of streams) stream.destroy(this.#failure);
  }
}

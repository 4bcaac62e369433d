import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { WorkerResult, WorkerTask } from './sim-worker.ts';

const SHARED_MEMORY = '/dev/shm';

/** Runs a task in a thread of its own, with its own copy of every module. */
export function runWorker(task: Omit<WorkerTask, 'scratch'>): Promise<WorkerResult> {
  const scratch = existsSync(SHARED_MEMORY) ? SHARED_MEMORY : null;
  const { promise, resolve, reject } = Promise.withResolvers<WorkerResult>();
  const worker = new Worker(new URL('./sim-worker.ts', import.meta.url), {
    workerData: { ...task, scratch },
  });
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`The simulation's thread ended with ${code}`)));
  return promise;
}

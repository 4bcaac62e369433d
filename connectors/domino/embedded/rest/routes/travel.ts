import type { CallFaults } from '../../faults/fault-injector.ts';
import type { RestContext } from '../rest-context.ts';
import { ConnectionLost } from '../rest-error.ts';
import type { Answer } from './answer.ts';

/** The way to the server: latency and the time of the request's bytes. */
export async function arrive(context: RestContext, faults: CallFaults, body: unknown): Promise<void> {
  await wait(context, faults.latencyMs, faults, body);
}

/** The way back: the server's time for each document and the time of the answer's bytes. */
export async function leave(context: RestContext, faults: CallFaults, answer: Answer): Promise<void> {
  const documents = answer.kind === 'list' ? answer.entries.length : 1;
  await wait(context, faults.msPerDocument * documents, faults, contentOf(answer));
}

/** Throws when the server restarted since: requests and answers on their way are lost. */
export function stillUp({ faults }: RestContext, restarts: number): void {
  if (faults.restarts !== restarts) throw new ConnectionLost(false);
}

async function wait(
  { faults: injector, delay }: RestContext,
  more: number,
  { network }: CallFaults,
  content: unknown,
): Promise<void> {
  const ms = more + (network === null ? 0 : injector.travelMs(network, byteLength(content)));
  if (ms > 0) await delay(ms);
}

function contentOf(answer: Answer): unknown {
  switch (answer.kind) {
    case 'json':
      return answer.body;
    case 'list':
      return answer.entries;
    case 'content':
      return answer.bytes;
  }
}

function byteLength(content: unknown): number {
  if (content instanceof Uint8Array) return content.byteLength;
  return Buffer.byteLength(JSON.stringify(content) ?? '');
}

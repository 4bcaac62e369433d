import * as z from 'zod';
import { HandbookError } from '../connectors/handbook/port.ts';
import type { ReadersHandbook } from '../connectors/handbook/readers-port.ts';
import { DEAD_AFTER, type DeliveryDeps, deliverWebhook } from '../src/passes/webhooks/deliver-webhook.ts';
import type { PassLog } from '../src/passes/pass-deps.ts';
import { PassJobError, type PassJobResult } from './pass-job.ts';

/** How often it is looked whether a webhook has something to send. */
export const WEBHOOKS_EVERY_MS = 5_000;

/** Without an id: look which are due. */
export const webhookJobSchema = z.strictObject({ task: z.literal('webhook'), webhook: z.uuid().nullable() });
export type WebhookJob = z.infer<typeof webhookJobSchema>;

export interface WebhookJobDeps extends DeliveryDeps {
  readonly readers: DeliveryDeps['readers'] & Pick<ReadersHandbook, 'feedEnd'>;
}

/** The part of BullMQ's queue that is needed here. */
interface WebhookQueue {
  add(name: string, data: WebhookJob, options: object): Promise<unknown>;
}

const KEEP = { removeOnComplete: { count: 500 }, removeOnFail: { count: 500 } } as const;

/** Who delivers when. The queue waits and tries again; how far each webhook got is in its row, so a lost job is made good by the next. */
export class WebhookJobs {
  readonly #deps: WebhookJobDeps;
  readonly #queue: WebhookQueue;
  readonly #log: Pick<PassLog, 'error'>;
  /** What each was last looked at for: without news nothing is asked of the store. */
  readonly #looked = new Map<string, string>();

  constructor(deps: WebhookJobDeps, queue: WebhookQueue, log: Pick<PassLog, 'error'>) {
    this.#deps = deps;
    this.#queue = queue;
    this.#log = log;
  }

  /** Safe to run twice: a lease keeps deliverers of one webhook apart. A failure is thrown as its code alone, so that the queue tries again. */
  async run({ webhook }: WebhookJob, signal: AbortSignal): Promise<PassJobResult> {
    try {
      return webhook === null ? await this.#look() : await this.#deliver(webhook, signal);
    } catch (error) {
      if (error instanceof HandbookError) throw new PassJobError(`handbook-${error.code}`);
      throw error;
    }
  }

  async #look(): Promise<PassJobResult> {
    const due = await this.#deps.webhooks.due(this.#deps.clock.now());
    if (due.length === 0) return { outcome: 'done', more: false };
    const end = await this.#deps.readers.feedEnd();
    for (const { id, place } of due) {
      const seen = `${end} ${place}`;
      if (this.#looked.get(id) === seen) continue;
      await this.#add(id);
      this.#looked.set(id, seen);
    }
    return { outcome: 'done', more: false };
  }

  async #deliver(id: string, signal: AbortSignal): Promise<PassJobResult> {
    const run = await deliverWebhook(this.#deps, id, signal);
    if (run.kind === 'not-due') return { outcome: 'busy', more: false };
    // What is left the next look finds: the place has moved.
    if (run.kind === 'done') return { outcome: 'done', more: false, counts: { delivered: run.delivered } };
    if (run.dead) {
      this.#log.error({ webhook: id, code: run.code }, 'a webhook was given up');
      return { outcome: 'resting', more: false };
    }
    throw new PassJobError(run.code);
  }

  /** The waiting doubles from five seconds; while a job waits, no other one of its webhook is taken. */
  async #add(webhook: string): Promise<void> {
    await this.#queue.add(
      'webhook',
      { task: 'webhook', webhook },
      {
        ...KEEP,
        attempts: DEAD_AFTER,
        backoff: { type: 'exponential', delay: 5_000 },
        deduplication: { id: `webhook-${webhook}` },
      },
    );
  }
}

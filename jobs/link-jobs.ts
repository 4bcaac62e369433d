import type { Link, PassDeps } from '../src/passes/pass-deps.ts';
import { ALERTS_EVERY_MS, type AlertsDeps, alertsJobSchema, runAlertsJob } from './alerts.job.ts';
import {
  RETENTION_EVERY_MS,
  type RetentionDeps,
  retentionJobSchema,
  runRetentionJob,
} from './retention.job.ts';
import { runSampleJob, SAMPLE_EVERY_MS, type SampleDeps, sampleJobSchema } from './sample.job.ts';
import { PASS_KINDS, type PassKind, passJobSchema, type ReportRound, runPassJob } from './pass-job.ts';
import { WEBHOOKS_EVERY_MS, type WebhookJobDeps, WebhookJobs, webhookJobSchema } from './webhook.job.ts';
import { openQueue, type PassQueue, type PassWorker, QUEUE_NAME, type QueueStore } from './queue-backend.ts';

export interface LinkSchedule {
  readonly linkId: string;
  readonly pullSeconds: number;
  readonly pushSeconds: number;
  readonly sweepMinutes: number;
}

export interface LinkJobs {
  /** Writes the schedules of these links, and removes those of links that are gone. Repeatable. */
  schedule(schedules: readonly LinkSchedule[]): Promise<void>;
  /** Takes jobs until `close`. */
  work(concurrency: number): void;
  overview(): Promise<JobsOverview>;
  /** The queue itself, for a board that shows it. */
  readonly queue: PassQueue;
  /** Jobs by state. */
  counts(): Promise<Readonly<Record<string, number>>>;
  /** Lets running passes come to a safe point, then stops. */
  close(): Promise<void>;
}

export interface JobsOverview {
  readonly queues: readonly {
    readonly name: string;
    readonly waiting: number;
    readonly active: number;
    readonly delayed: number;
    readonly completed: number;
    readonly failed: number;
  }[];
  readonly recent: readonly {
    readonly id: string;
    readonly queue: string;
    readonly name: string;
    readonly linkId: string | null;
    readonly state: 'waiting' | 'active' | 'delayed' | 'completed' | 'failed';
    readonly startedAt: string | null;
    readonly finishedAt: string | null;
    readonly attempts: number;
    readonly failureCode: string | null;
  }[];
}

/** Books kept of ended jobs; the journal is what remembers effects. */
const KEEP = { removeOnComplete: { count: 500 }, removeOnFail: { count: 500 } } as const;
const RECENT = 50;

/** The queue "link X needs a pull". It carries no truth: what is pending follows from what was seen, so a lost job is made good by the next. */
export async function openLinkJobs(
  deps: PassDeps,
  links: readonly Link[],
  store: QueueStore,
  reports: ReportRound,
  retention: RetentionDeps,
  alerts: AlertsDeps,
  samples: SampleDeps,
  deliveries: WebhookJobDeps,
): Promise<LinkJobs> {
  const { queue, worker } = await openQueue(store);
  const stopping = new AbortController();
  const workers: PassWorker[] = [];
  const onError = (error: Error) => deps.log.warn({ err: error }, 'the job queue does not answer');
  queue.on('error', onError);
  const webhooks = new WebhookJobs(deliveries, queue, deps.log);

  async function process(data: unknown, progress: (done: number) => void) {
    if (retentionJobSchema.safeParse(data).success) {
      const counts = await runRetentionJob(retention, stopping.signal);
      deps.log.info({ counts }, 'what was too old was forgotten');
      return { outcome: 'done' as const, more: false, counts };
    }
    const webhook = webhookJobSchema.safeParse(data);
    if (webhook.success) return webhooks.run(webhook.data, stopping.signal);
    if (alertsJobSchema.safeParse(data).success)
      return { outcome: 'done' as const, more: false, counts: await runAlertsJob(alerts) };
    if (sampleJobSchema.safeParse(data).success) {
      await runSampleJob(samples);
      return { outcome: 'done' as const, more: false };
    }
    const result = await runPassJob(deps, links, reports, data, stopping.signal, progress);
    if (result.more && !stopping.signal.aborted) {
      const job = passJobSchema.parse(data);
      await queue.add(job.pass, job, {
        ...KEEP,
        deduplication: { id: `again-${job.pass}-${job.linkId}`, ttl: 1_000 },
      });
    }
    return result;
  }

  return {
    queue,
    async schedule(schedules) {
      const wanted = new Set<string>(['retention', 'sample', 'webhooks']);
      await queue.upsertJobScheduler(
        'retention',
        { every: RETENTION_EVERY_MS },
        { name: 'retention', data: { task: 'retention' }, opts: KEEP },
      );
      if (alerts.channels.length > 0) {
        wanted.add('alerts');
        await queue.upsertJobScheduler(
          'alerts',
          { every: ALERTS_EVERY_MS },
          { name: 'alerts', data: { task: 'alerts' }, opts: KEEP },
        );
      }
      await queue.upsertJobScheduler(
        'webhooks',
        { every: WEBHOOKS_EVERY_MS },
        { name: 'webhooks', data: { task: 'webhook', webhook: null }, opts: KEEP },
      );
      await queue.upsertJobScheduler(
        'sample',
        { every: SAMPLE_EVERY_MS },
        { name: 'sample', data: { task: 'sample' }, opts: KEEP },
      );
      for (const schedule of schedules) {
        const every: Record<PassKind, number> = {
          pull: schedule.pullSeconds * 1_000,
          push: schedule.pushSeconds * 1_000,
          sweep: schedule.sweepMinutes * 60_000,
        };
        for (const pass of PASS_KINDS) {
          const id = `${pass}-${schedule.linkId}`;
          wanted.add(id);
          await queue.upsertJobScheduler(
            id,
            { every: every[pass] },
            { name: pass, data: { linkId: schedule.linkId, pass }, opts: KEEP },
          );
        }
      }
      for (const { key } of await queue.getJobSchedulers())
        if (!wanted.has(key)) await queue.removeJobScheduler(key);
    },
    work(concurrency) {
      const made = worker(process, concurrency);
      made.on('error', onError);
      workers.push(made);
    },
    counts: () => queue.getJobCounts(),
    async overview() {
      const counts = await queue.getJobCounts();
      const jobs = await queue.getJobs(
        ['active', 'failed', 'completed', 'waiting', 'delayed'],
        0,
        RECENT - 1,
      );
      const recent = await Promise.all(
        jobs.slice(0, RECENT).map(async (job) => {
          const parsed = passJobSchema.safeParse(job.data);
          return {
            id: job.id ?? '',
            queue: QUEUE_NAME,
            name: job.name,
            linkId: parsed.success ? parsed.data.linkId : null,
            state: stateOf(await job.getState()),
            startedAt: iso(job.processedOn),
            finishedAt: iso(job.finishedOn),
            attempts: job.attemptsMade,
            failureCode: job.failedReason ?? null,
          };
        }),
      );
      recent.sort((a, b) => (b.startedAt ?? '').localeCompare(a.startedAt ?? ''));
      const of = (name: string) => counts[name] ?? 0;
      return {
        queues: [
          {
            name: QUEUE_NAME,
            waiting: of('waiting'),
            active: of('active'),
            delayed: of('delayed'),
            completed: of('completed'),
            failed: of('failed'),
          },
        ],
        recent,
      };
    },
    async close() {
      stopping.abort();
      await Promise.all(workers.map((one) => one.close()));
      await queue.close();
    },
  };
}

function stateOf(state: string): JobsOverview['recent'][number]['state'] {
  return state === 'active' || state === 'delayed' || state === 'completed' || state === 'failed'
    ? state
    : 'waiting';
}

function iso(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

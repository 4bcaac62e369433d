import { z } from 'zod';
import { HEALTHS } from '../../operations/link-health.ts';

const instant = z.string().nullable();
const bilingual = z.object({ vi: z.string(), en: z.string() });
const counts = z.record(z.string(), z.number());

export const passSchema = z.object({
  passId: z.string(),
  linkId: z.string(),
  kind: z.string(),
  startedAt: z.string(),
  seenAt: z.string(),
  finishedAt: instant,
  outcome: z.string().nullable().describe('`done` or the code of the failure; null while it runs'),
  phase: z.string().nullable(),
  done: z.number().nullable(),
  estimated: z.number().nullable(),
  counts,
  calls: z.number().describe('Calls of Domino'),
  writes: z.number(),
  bytes: z.number().describe('Content read and written, not what the network carried'),
});

const overviewLink = z.object({
  linkId: z.string(),
  title: bilingual,
  health: z.enum(HEALTHS),
  mode: z.enum(['observe', 'pull', 'propose', 'sync']),
  approved: z.boolean(),
  pausedPull: z.boolean(),
  pausedPush: z.boolean(),
  brakeUpdates: z.string().nullable(),
  brakeDeletes: z.string().nullable(),
  suspect: z.string().nullable(),
  suspectAt: instant,
  mappingChanged: z.boolean(),
  activeInstance: z.string().nullable(),
  pulledAt: instant,
  pushedAt: instant,
  sweptAt: instant,
  failures: z.number(),
  failedAt: instant,
  failureCode: z.string().nullable(),
  restsUntil: instant,
  pairs: z.number(),
  live: z.number(),
  waitingHandbook: z.number().describe('Changes seen in Notes and not yet brought across'),
  waitingNotes: z.number().describe('Changes seen in the handbook and not yet brought across'),
  runnable: z.number(),
  conflicts: z.number(),
  oldestConflictAt: instant,
  quarantined: z.number(),
  oldestQuarantineAt: instant,
  withheld: z.number(),
  withdrawn: z.number(),
  missing: z.number(),
  detached: z.number(),
  behindSince: instant.describe('Since when the sides have not been known to agree; null = they are'),
  lagSeconds: z.number().nullable(),
  running: passSchema.nullable(),
});

const attention = z.object({
  what: z.enum([
    'suspect',
    'unreachable',
    'brake-deletes',
    'brake-updates',
    'awaiting-approval',
    'conflicts',
    'quarantine',
    'behind',
    'paused',
  ]),
  urgency: z
    .union([z.literal(1), z.literal(2), z.literal(3)])
    .describe('1 = now, 2 = today, 3 = when there is time'),
  linkId: z.string(),
  since: instant,
  count: z.number().nullable(),
  code: z.string().nullable(),
  previewId: z.string().nullable(),
  askedBy: z.string().nullable().describe('Who asked for a release that a second person has to confirm'),
});

export const overviewSchema = z.object({
  at: z.string(),
  links: z.array(overviewLink).readonly(),
  attention: z.array(attention).readonly().describe('Most urgent first'),
});

export const seriesSchema = z.object({
  stepSeconds: z.number(),
  points: z
    .array(
      z.object({
        at: z.string(),
        toHandbook: z.number(),
        toNotes: z.number(),
        waiting: z.number(),
        lagSeconds: z.number().nullable(),
      }),
    )
    .readonly(),
});

export const previewHead = z.object({
  id: z.string(),
  linkId: z.string(),
  at: z.string(),
  lane: z.string(),
  events: counts,
  decidedBy: z.string().nullable(),
  decidedAt: instant,
  reason: z.string().nullable(),
  askedBy: z.string().nullable(),
});

export const previewSchema = previewHead.extend({
  entries: z
    .array(
      z.object({
        pairId: z.string(),
        recordId: z.string(),
        unid: z.string().nullable(),
        entity: z.string(),
        event: z.string(),
        rule: z.string(),
        fields: z.array(z.string()).readonly(),
      }),
    )
    .readonly(),
});

const brakeLimit = z.object({ floor: z.number(), share: z.number() });

/** A form as people know it: its title, and the item of each field. */
export const formSchema = z.object({
  form: z.string(),
  entity: z.string(),
  title: bilingual,
  denied: z.boolean(),
  items: z.record(z.string(), z.string()),
});

export const factsSchema = z.object({
  linkId: z.string(),
  title: bilingual,
  mode: z.string(),
  replicaSet: z.string(),
  via: z.string(),
  identity: z.string(),
  instances: z.array(z.string()).readonly(),
  capabilities: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  schedule: z.object({ pullSeconds: z.number(), pushSeconds: z.number(), sweepMinutes: z.number() }),
  brake: z.object({ deletes: brakeLimit, updates: brakeLimit }),
  failoverAfter: z.number().nullable(),
  forms: z.array(formSchema).readonly(),
});

export const linkDetailSchema = z.object({
  facts: factsSchema,
  blocked: counts,
  withheldByReason: counts,
  openIntents: z.number(),
  tombstones: z.number(),
  releasedUntil: instant,
  wantedInstance: z.string().nullable(),
  sweepDue: z.boolean(),
  instances: z.array(
    z.object({
      instance: z.string(),
      active: z.boolean(),
      generation: z.number().describe('Of the newest mark; 0 = none'),
      markedAt: instant,
      trusted: z.boolean(),
    }),
  ),
  checkpoints: z.array(z.object({ at: z.string(), watermark: z.string().nullable() })).readonly(),
  passes: z.array(passSchema).readonly(),
  previews: z.array(previewHead),
});

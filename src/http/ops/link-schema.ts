import { z } from 'zod';

const countsByReason = z.record(z.string(), z.number());

const linkCounts = z.object({
  pairs: z.number(),
  live: z.number(),
  runnable: z.number().describe('Pending and not blocked'),
  pendingUpdates: z.number(),
  pendingDeletes: z.number(),
  pendingFromNotes: z
    .number()
    .describe('Pending, and the note was seen in a state that the record does not reflect'),
  pendingFromHandbook: z
    .number()
    .describe('Pending, and the record was seen in a version that the note does not reflect'),
  withheld: z.number(),
  withdrawn: z.number(),
  missing: z.number(),
  detached: z.number(),
  tombstones: z.number(),
  openConflicts: z.number(),
  quarantined: z.number(),
  openIntents: z.number(),
  blocked: countsByReason,
  withheldByReason: countsByReason,
});

const instant = z.string().nullable();

/** A link with what is to be done in it. */
export const linkSchema = z.object({
  linkId: z.string(),
  mode: z.string(),
  replicaSet: z.string(),
  pausedPull: z.boolean(),
  pausedPush: z.boolean(),
  approved: z.boolean().describe('The first run was found harmless or approved'),
  brakeUpdates: z.string().nullable().describe('Preview of what the braked lane would do; null = not braked'),
  brakeDeletes: z.string().nullable(),
  releasedUntil: instant,
  activeInstance: z.string().nullable().describe('The file that the link works with'),
  wantedInstance: z.string().nullable(),
  mappingChanged: z.boolean(),
  suspect: z
    .string()
    .nullable()
    .describe('Why a side seems to have been restored or replaced; null = no reason to think so'),
  suspectAt: instant,
  sweepDue: z.boolean(),
  sweptAt: instant,
  pulledAt: instant,
  pushedAt: instant,
  failures: z.number(),
  failedAt: instant,
  failureCode: z.string().nullable(),
  restsUntil: instant,
  counts: linkCounts,
});

import * as z from 'zod';
import { NETWORKS } from './network.ts';

/** When a rule fires. Every given part must hold; an empty object = every call. */
const when = z.strictObject({
  /** Name of the face's method, e.g. `bulkReplaceItemsByUnid`. */
  method: z.string().min(1).optional(),
  filePath: z.string().min(1).optional(),
  /** Only the n-th call that fits (1 = the next), counted from when the rule was added. */
  nth: z.int().min(1).optional(),
  /** Chance of firing, drawn from the script's seed. */
  probability: z.number().min(0).max(1).optional(),
  /** Stops firing after so many times; 1 with `nth` and for a restart, else no end. */
  times: z.int().min(1).optional(),
});

const milliseconds = z.int().min(0);

const networkNames = Object.keys(NETWORKS) as (keyof typeof NETWORKS)[];
const network = z.strictObject({
  bitsPerSecond: z.number().positive(),
  roundTripMs: z.number().min(0),
  loss: z.number().min(0).max(0.9),
});

const rule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('latency'), when, ms: milliseconds }),
  /** Nothing happens on the server; the caller sees a lost connection, or with `silent` never an answer. */
  z.strictObject({ kind: z.literal('lost-before'), when, silent: z.boolean().optional() }),
  /** Everything happens on the server; the caller sees the same lost connection, or never an answer. */
  z.strictObject({ kind: z.literal('lost-after'), when, silent: z.boolean().optional() }),
  /** A bulk write gets so many documents far, then the connection is lost. */
  z.strictObject({ kind: z.literal('half-bulk'), when, afterDocuments: z.int().min(0) }),
  /** A stream gets so many chunks far, then the connection is lost. */
  z.strictObject({ kind: z.literal('stream-loss'), when, afterChunks: z.int().min(0) }),
  /** A page of a read breaks off after so many documents: nothing of it arrives. */
  z.strictObject({ kind: z.literal('page-loss'), when, afterDocuments: z.int().min(0) }),
  /** The answer takes this long for every document in it. */
  z.strictObject({ kind: z.literal('slow'), when, msPerDocument: z.number().min(0) }),
  /** Request, answer and each chunk of a stream take the time of their bytes on this line. */
  z.strictObject({ kind: z.literal('network'), when, network: z.union([z.enum(networkNames), network]) }),
  /** The server restarts at this call: it and all calls and streams on their way are lost, and the next calls are refused while it starts. */
  z.strictObject({ kind: z.literal('restart'), when, downCalls: z.int().min(0).default(1) }),
  /** The server's certificate has expired: no connection comes about until the rule is removed. */
  z.strictObject({ kind: z.literal('certificate-expired'), when }),
  z.strictObject({ kind: z.literal('busy'), when }),
  /** Refuses every call that fits until the rule is removed. */
  z.strictObject({ kind: z.literal('down'), when }),
  /** Steps the server's clock just before the call. */
  z.strictObject({ kind: z.literal('clock-step'), when, ms: z.int() }),
]);

const script = z.strictObject({ seed: z.number().default(1), rules: z.array(rule).default([]) });

export type FaultRule = z.infer<typeof rule>;
/** As it may be given: what has a default may be left out. */
export type FaultRuleInput = z.input<typeof rule>;

/** Plain JSON. */
export interface FaultScript {
  readonly seed: number;
  readonly rules: readonly FaultRule[];
}

/** Throws an error that names every wrong part. */
export function parseFaultScript(input: unknown): FaultScript {
  const result = script.safeParse(input);
  if (!result.success) throw new Error(`cannot use the fault script: ${z.prettifyError(result.error)}`);
  return result.data;
}

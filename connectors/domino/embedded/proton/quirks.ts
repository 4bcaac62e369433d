import * as z from 'zod';
import { DQL_SWITCHES, type DqlSwitches, HARSH_DQL } from '../dql/switches.ts';

/**
 * What no public source settles about `@domino/domino-db`, and what differs between its versions. The default is the harsher reading of
 * each: a client that works with the defaults works with the others.
 */
export interface ProtonQuirks extends DqlSwitches {
  /** Which time `@modified` shows. With `sequenceTime` it is the same in all replicas and lags behind `@ModifiedInThisFile`. */
  readonly modifiedIs: 'sequenceTime' | 'inFile';
  /** A query finds documents hidden by Readers: metadata without items (seen in HCL's sample), or nothing. */
  readonly unreadableInQuery: 'bare-entry' | 'absent';
  /** By UNID a hidden document looks deleted, or is metadata without items. */
  readonly unreadableByUnid: 'not-found' | 'bare-entry';
  /** A stored list of one value comes back as the value alone. */
  readonly oneElementList: 'scalar' | 'array';
  /** `@all` on an empty database is rejected (SPR JCUSBUVQB5). */
  readonly allOnEmptyDatabase: 'reject' | 'empty';
  /** An answer without documents has no `documents` at all (HCL's sample guards against it). */
  readonly noDocuments: 'no-array' | 'empty-array';
  /** What happens to the other documents when `onErrorOptions` is not given. */
  readonly onErrorDefault: 'ON_ERROR_ABORT_REMAINING' | 'ON_ERROR_CONTINUE';
  /** Whether `@error` has a `code` beside its `message`. */
  readonly errorEntries: 'with-code' | 'message-only';
  readonly unknownOptions: 'reject' | 'ignore';
  /** Plain arrays as item values on a write. */
  readonly arrayShorthand: 'reject' | 'accept';
  readonly canonicalFormat: 'supported' | 'rejected';
  /** In a write by query other writers may come between the search and the write, or not. */
  readonly queryThenWrite: 'racy' | 'atomic';
  /** Streams of rich text give composite data records, as the server does, or the bytes as stored. */
  readonly richText: 'cd' | 'stored';
  /** Documents that one call takes or gives. Confirmed for `count` only. */
  readonly maxDocuments: number;
  /** Numbers given as text (`count`, `start`, limits): a client of IBM staff passes its form fields so. */
  readonly numberText: 'accept' | 'reject';
  /** `unids` without any: HCL's sample passes them unguarded, and a rejection would end it. */
  readonly emptyUnids: 'accept' | 'reject';
  /** A port given as a number, as it comes out of HCL's sample of a YAML file. */
  readonly portNumber: 'accept' | 'reject';
  /** Constants beside `useServer`, as HCL's advanced page uses them; its quick start says there is one export only. */
  readonly rootConstants: 'present' | 'absent';
}

export const HARSH_QUIRKS: ProtonQuirks = {
  ...HARSH_DQL,
  modifiedIs: 'sequenceTime',
  unreadableInQuery: 'bare-entry',
  unreadableByUnid: 'not-found',
  oneElementList: 'scalar',
  allOnEmptyDatabase: 'reject',
  noDocuments: 'no-array',
  onErrorDefault: 'ON_ERROR_ABORT_REMAINING',
  errorEntries: 'message-only',
  unknownOptions: 'reject',
  arrayShorthand: 'reject',
  canonicalFormat: 'rejected',
  queryThenWrite: 'racy',
  richText: 'cd',
  maxDocuments: 200,
  numberText: 'reject',
  emptyUnids: 'reject',
  portNumber: 'reject',
  rootConstants: 'absent',
};

type OwnQuirks = Omit<ProtonQuirks, keyof DqlSwitches>;

export const PROTON_SWITCHES: { readonly [K in keyof OwnQuirks]: z.ZodType<OwnQuirks[K]> } = {
  modifiedIs: z.enum(['sequenceTime', 'inFile']),
  unreadableInQuery: z.enum(['bare-entry', 'absent']),
  unreadableByUnid: z.enum(['not-found', 'bare-entry']),
  oneElementList: z.enum(['scalar', 'array']),
  allOnEmptyDatabase: z.enum(['reject', 'empty']),
  noDocuments: z.enum(['no-array', 'empty-array']),
  onErrorDefault: z.enum(['ON_ERROR_ABORT_REMAINING', 'ON_ERROR_CONTINUE']),
  errorEntries: z.enum(['with-code', 'message-only']),
  unknownOptions: z.enum(['reject', 'ignore']),
  arrayShorthand: z.enum(['reject', 'accept']),
  canonicalFormat: z.enum(['supported', 'rejected']),
  queryThenWrite: z.enum(['racy', 'atomic']),
  richText: z.enum(['cd', 'stored']),
  maxDocuments: z.int().min(1),
  numberText: z.enum(['accept', 'reject']),
  emptyUnids: z.enum(['accept', 'reject']),
  portNumber: z.enum(['accept', 'reject']),
  rootConstants: z.enum(['present', 'absent']),
};

/** Switches by name, from a settings file. Throws an error that names every one that is unknown or has no such value. */
export function parseQuirks(input: unknown): Partial<ProtonQuirks> {
  const result = z
    .strictObject({ ...DQL_SWITCHES, ...PROTON_SWITCHES })
    .partial()
    .safeParse(input);
  if (!result.success) throw new Error(`cannot use the switches: ${z.prettifyError(result.error)}`);
  return result.data as Partial<ProtonQuirks>;
}

import * as z from 'zod';

/** Domino's limits of one query: documents, view entries, milliseconds. */
export interface DqlLimits {
  maxDocumentsScanned: number;
  maxViewEntriesScanned: number;
  maxMilliSeconds: number;
}

/** What public sources of DQL leave open, contradict each other in, or tell of single versions. */
export interface DqlSwitches {
  /** HCL publishes two sets of default limits. */
  readonly scanLimits: 'scanning-limits-page' | 'api-pages';
  /** `@dt` of a date or a time alone: as documented since 11, or nothing is found (seen on 10). */
  readonly partialDates: 'as-documented' | 'find-nothing';
  /** `'view'.column` of a view that selects less than all: refused as documented, or only its documents are found (seen on 12). */
  readonly viewSelection: 'refused' | 'scoped';
  /** Views answer from the index as it was built last, or as if it were refreshed before each query. */
  readonly viewIndex: 'as-built' | 'fresh';
  /** The full-text index knows notes up to its last update, or all. */
  readonly fullTextIndex: 'as-updated' | 'fresh';
  /** `in ('view')` of what the design catalog does not know: an error (seen on 12), or views are found by name (10.0.1 documentation). */
  readonly inNeedsCatalog: 'yes' | 'no';
  /** A field holds every listed value, or nothing but listed values ("exclude all but"). */
  readonly fieldInAll: 'holds-every' | 'only-listed';
  /** Where empty text sorts: below every text, or above (10.0.0: `>` finds it). */
  readonly emptyText: 'sorts-first' | 'sorts-last';
  /** A backslash in the name of a view: escapes what follows (seen on 12), or stands for itself. */
  readonly backslash: 'escapes' | 'literal';
  /** `!=` is in one example of HCL's and not in the syntax. */
  readonly notEqual: 'refused' | 'accepted';
  /** Terms on `@ModifiedInThisFile`, `@Created`, `@DocumentUniqueID` are charged for what they narrow the scan to, or for every document. */
  readonly propertyTerms: 'narrow-the-scan' | 'scan-everything';
}

export const HARSH_DQL: DqlSwitches = {
  scanLimits: 'scanning-limits-page',
  partialDates: 'find-nothing',
  viewSelection: 'refused',
  viewIndex: 'as-built',
  fullTextIndex: 'as-updated',
  inNeedsCatalog: 'yes',
  fieldInAll: 'holds-every',
  emptyText: 'sorts-first',
  backslash: 'escapes',
  notEqual: 'refused',
  propertyTerms: 'scan-everything',
};

export const DQL_SWITCHES: { readonly [K in keyof DqlSwitches]: z.ZodType<DqlSwitches[K]> } = {
  scanLimits: z.enum(['scanning-limits-page', 'api-pages']),
  partialDates: z.enum(['as-documented', 'find-nothing']),
  viewSelection: z.enum(['refused', 'scoped']),
  viewIndex: z.enum(['as-built', 'fresh']),
  fullTextIndex: z.enum(['as-updated', 'fresh']),
  inNeedsCatalog: z.enum(['yes', 'no']),
  fieldInAll: z.enum(['holds-every', 'only-listed']),
  emptyText: z.enum(['sorts-first', 'sorts-last']),
  backslash: z.enum(['escapes', 'literal']),
  notEqual: z.enum(['refused', 'accepted']),
  propertyTerms: z.enum(['narrow-the-scan', 'scan-everything']),
};

/** "Scanning limits" page of HCL's Designer help; LotusScript, Java and C API pages. */
export const PUBLISHED_LIMITS: Readonly<Record<DqlSwitches['scanLimits'], DqlLimits>> = {
  'scanning-limits-page': {
    maxDocumentsScanned: 200_000,
    maxViewEntriesScanned: 200_000,
    maxMilliSeconds: 120_000,
  },
  'api-pages': {
    maxDocumentsScanned: 500_000,
    maxViewEntriesScanned: 200_000,
    maxMilliSeconds: 300_000,
  },
};

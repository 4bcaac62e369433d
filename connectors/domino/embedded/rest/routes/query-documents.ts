import * as z from 'zod';
import { type CompiledQuery, compileQuery } from '../../dql/query.ts';
import { textValues } from '../../engine/item-lookup.ts';
import { shuffled } from '../../engine/seeded-random.ts';
import type { StoredNote } from '../../stored-note.ts';
import { asVisible, type FoundDocument } from '../documents/find-document.ts';
import { holds } from '../../formula/evaluate-formula.ts';
import type { ScopeCall } from '../rest-call.ts';
import { forbidden } from '../rest-error.ts';
import { findForm, formNames } from '../schema/find-mode.ts';

/** HCL's QueryRequest without `mode`; unknown members are refused, as its specification says. */
export const queryBody = z.strictObject({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).default({}),
  forms: z.array(z.string()).optional(),
  includeFormAlias: z.boolean().default(false),
  maxScanDocs: z.int().min(0).optional(),
  maxScanEntries: z.int().min(0).optional(),
  timeoutSecs: z.int().min(0).optional(),
  viewRefresh: z.boolean().optional(),
  ftRefresh: z.boolean().optional(),
  noViews: z.boolean().optional(),
  markRead: z.boolean().optional(),
});

export type QueryBody = z.output<typeof queryBody>;

interface Page {
  readonly start: number;
  readonly count: number | undefined;
  readonly mode: string;
}

/**
 * Documents that the query finds and the caller may see in the mode, in an order of the server's own that differs from call to call. Documents of a form
 * without the mode are not among them. Throws `DqlError`, and 403 where the schema does not let the caller query.
 */
export function foundByQuery(call: ScopeCall, body: QueryBody, page: Page): readonly FoundDocument[] {
  const { dqlAccess, dqlFormula } = call.scope.schema;
  if (!dqlAccess || !holds(dqlFormula.formula, { note: NO_NOTE, identity: call.identity })) {
    throw forbidden('DQL access is not allowed');
  }
  const notes = call.database.readMany(runQuery(call, body));
  return pageOf(call, notes, body, page);
}

const NO_NOTE = { items: [], unid: '', created: 0, sequenceTime: 0, parent: null };

/** What of the notes the caller may see, of the forms asked for, cut to the page. */
export function pageOf(
  call: ScopeCall,
  notes: readonly StoredNote[],
  { forms, includeFormAlias }: Pick<QueryBody, 'forms' | 'includeFormAlias'>,
  { start, count, mode }: Page,
): readonly FoundDocument[] {
  const wanted = forms?.flatMap((name) => {
    const form = includeFormAlias ? findForm(call.scope.schema, name) : undefined;
    return (form === undefined ? [name] : formNames(form)).map((one) => one.toLowerCase());
  });
  const found = shuffled(notes, call.context.random).flatMap((note) => {
    const [form = ''] = textValues(note.items, 'Form');
    if (wanted !== undefined && !wanted.includes(form.toLowerCase())) return [];
    return asVisible(call, note, mode) ?? [];
  });
  return found.slice(start, count === undefined ? undefined : start + count);
}

/** The query with its variables, on the views and the full-text index that the database has. Throws `DqlError`. */
export function compiled({ database, context }: ScopeCall, { query, variables }: QueryBody): CompiledQuery {
  const args = Object.entries(variables).map(([name, value]) => ({ name, value }));
  return compileQuery(query, args, {
    design: database.design.forQueries(),
    switches: context.dqlOf(database.filePath),
  });
}

function runQuery(call: ScopeCall, body: QueryBody): readonly string[] {
  const { maxScanDocs, maxScanEntries, timeoutSecs } = body;
  const { matches } = call.database.query(compiled(call, body), {
    readableBy: call.identity,
    limits: {
      ...(maxScanDocs === undefined ? {} : { maxDocumentsScanned: maxScanDocs }),
      ...(maxScanEntries === undefined ? {} : { maxViewEntriesScanned: maxScanEntries }),
      ...(timeoutSecs === undefined ? {} : { maxMilliSeconds: timeoutSecs * 1000 }),
    },
  });
  return matches.map(({ unid }) => unid);
}

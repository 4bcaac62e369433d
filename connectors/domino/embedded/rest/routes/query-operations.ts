import * as z from 'zod';
import { compileQuery } from '../../dql/query.ts';
import { mayRead } from '../../engine/identity.ts';
import type { StoredNote } from '../../stored-note.ts';
import { compileFormula, holds } from '../../formula/evaluate-formula.ts';
import { FormulaError } from '../../formula/formula-error.ts';
import { documentEntry, type ReadForm } from '../documents/read-document.ts';
import type { FoundDocument } from '../documents/find-document.ts';
import { logDocuments } from '../documents/log-documents.ts';
import type { ScopeCall } from '../rest-call.ts';
import { badRequest } from '../rest-error.ts';
import { type Answer, list } from './answer.ts';
import type { Define } from './define-operation.ts';
import { richTextAs, whole } from './parameters.ts';
import { compiled, foundByQuery, pageOf, queryBody } from './query-documents.ts';

const paging = { start: whole(0).default(0), count: whole(0).optional(), richTextAs };

/** Documents by DQL. */
export function defineQuery(define: Define): void {
  define.scope({
    operationId: 'query',
    method: 'POST',
    url: '/api/v1/query',
    query: z.object({
      ...paging,
      action: z.enum(['execute', 'explain', 'parse']).default('execute'),
      mode: z.string().optional(),
    }),
    body: queryBody.extend({ mode: z.string().optional() }),
    work: (call, { query, body }) => {
      if (query.action !== 'execute') {
        const ready = compiled(call, body);
        if (query.action === 'parse') return list([{ parseResult: 'Successful parse' }]);
        return list([{ explainResult: ready.explain(readableNotes(call)) }]);
      }
      const fromUrl = call.context.quirks.modeInQueryString === 'honoured' ? query.mode : undefined;
      const page = { start: query.start, count: query.count, mode: body.mode ?? fromUrl ?? 'dql' };
      return answered(call, foundByQuery(call, body, page), body.query, query.richTextAs);
    },
  });
}

/** What an explain counts is content too. */
function* readableNotes({ database, identity }: ScopeCall): Generator<StoredNote> {
  for (const note of database.notes()) if (mayRead(note.items, identity)) yield note;
}

const formulaBody = z.strictObject({
  query: z.string(),
  mode: z.string().default('default'),
  forms: z.array(z.string()).optional(),
  includeFormAlias: z.boolean().default(false),
  markRead: z.boolean().optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  sinceSecondsAgo: z.int().min(0).optional(),
});

/** Documents by formula, changed in this file since a time; since version 1.1.6. Deleted ones are not among them. */
export function defineQueryFormula(define: Define): void {
  define.scope({
    operationId: 'queryFormula',
    method: 'POST',
    url: '/api/v1/queryformula',
    query: z.object(paging),
    body: formulaBody,
    work: (call, { query, body }) => {
      requireFormula(body.query);
      const ago = body.sinceSecondsAgo;
      const since =
        ago === undefined
          ? Date.parse(body.since ?? '1970-01-01T00:00:00Z')
          : call.database.now() - ago * 1000;
      const stamp = `@dt('${new Date(since).toISOString().slice(0, 22)}Z')`;
      const { matches } = call.database.query(compileQuery(`@ModifiedInThisFile >= ${stamp}`), {
        readableBy: call.identity,
      });
      const notes = call.database
        .readMany(matches.map(({ unid }) => unid))
        .filter((note) => holds(body.query, { note, identity: call.identity }));
      const found = pageOf(call, notes, body, { start: query.start, count: query.count, mode: body.mode });
      return answered(call, found, body.query, query.richTextAs);
    },
  });
}

function requireFormula(source: string): void {
  try {
    compileFormula(source);
  } catch (error) {
    if (error instanceof FormulaError) throw badRequest('The formula cannot be run', error.message);
    throw error;
  }
}

function answered(
  call: ScopeCall,
  found: readonly FoundDocument[],
  query: string,
  richText: ReadForm['richTextAs'],
): Answer {
  logDocuments(call, found, { query });
  return list(found.map((one) => documentEntry(call, one, { meta: true, richTextAs: richText })));
}

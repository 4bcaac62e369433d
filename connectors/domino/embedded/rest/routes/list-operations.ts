import * as z from 'zod';
import { compileQuery } from '../../dql/query.ts';
import type { StoredNote } from '../../stored-note.ts';
import { asVisible } from '../documents/find-document.ts';
import { documentEntry } from '../documents/read-document.ts';
import { logDocuments } from '../documents/log-documents.ts';
import { logRead, type ScopeCall } from '../rest-call.ts';
import { badRequest, RestError } from '../rest-error.ts';
import { shownForm, formOf } from '../schema/find-mode.ts';
import type { KeepView } from '../schema/rest-schema.ts';
import { columnName, viewItems, type ViewRow, viewRows } from '../views/view-rows.ts';
import { selectRows } from '../views/select-rows.ts';
import { type Answer, json, list } from './answer.ts';
import type { Define } from './define-operation.ts';
import { flag, mode, richTextAs, several, whole } from './parameters.ts';

const entriesQuery = z.object({
  count: whole(-1).default(1000),
  start: whole(0).default(0),
  scope: z.enum(['all', 'categories', 'documents']).optional(),
  documents: flag(false),
  distinctDocuments: flag(false),
  meta: flag(true),
  metaAdditional: flag(false),
  mode,
  richTextAs,
  key: several,
  keyAllowPartial: flag(false),
  category: several,
  startKey: z.string().optional(),
  untilKey: z.string().optional(),
  keyType: z.enum(['text', 'number', 'time']).default('text'),
  startsWith: z.string().optional(),
  column: z.string().optional(),
  direction: z.enum(['asc', 'desc']).optional(),
  ftSearchQuery: z.string().optional(),
});

export type EntriesQuery = z.output<typeof entriesQuery>;

/** Views that the schema lists. */
export function defineLists(define: Define): void {
  define.scope({
    operationId: 'fetchViews',
    method: 'GET',
    url: '/api/v1/lists',
    query: z.object({ type: z.enum(['all', 'folders', 'views']).default('all'), columns: flag(false) }),
    work: ({ scope }, { query }) =>
      json(
        scope.schema.views
          .filter(({ isFolder }) => query.type === 'all' || isFolder === (query.type === 'folders'))
          .map((view) => designOf(view, query.columns)),
      ),
  });
  define.scope({
    operationId: 'fetchViewEntries',
    method: 'GET',
    url: '/api/v1/lists/:name',
    query: entriesQuery,
    work: (call, { query, params }) => entries(call, requireView(call, params['name'] ?? ''), query),
  });
  define.scope({
    operationId: 'pivotViewEntries',
    method: 'GET',
    url: '/api/v1/listspivot/:name',
    query: z.object({ pivotColumn: z.string() }),
    work: (call, { query, params }) =>
      json(pivot(call, requireView(call, params['name'] ?? ''), query.pivotColumn)),
  });
}

function entries(call: ScopeCall, view: KeepView, query: EntriesQuery): Answer {
  if (query.ftSearchQuery !== undefined) throw new RestError(501, 'Full text search is not available');
  const rows = viewRows(view, bareNotes(call), call.identity);
  const counted =
    call.context.quirks.totalCount === 'all' ? rows : rows.filter(({ isReadable }) => isReadable);
  const shown = selectRows(rows, view, query, call.context.quirks);
  const headers = { 'X-totalcount': String(counted.length) };
  const notes = [
    ...new Map(shown.flatMap(({ note }) => (note === null ? [] : [[note.unid, note]]))).values(),
  ];
  if (query.documents) {
    const found = notes.flatMap((note) => asVisible(call, note, query.mode) ?? []);
    logDocuments(call, found, { query: `view ${view.name}` });
    return list(
      found.map((one) => documentEntry(call, one, query)),
      headers,
    );
  }
  logRead(call, {
    itemNames: viewItems(view),
    answered: notes.map(({ unid }) => unid),
    query: `view ${view.name}`,
  });
  return list(
    shown.map((row) => entryOf(call, row, query)),
    headers,
  );
}

function entryOf(call: ScopeCall, { note, index, columns }: ViewRow, query: EntriesQuery): object {
  if (!query.meta) return columns;
  if (note === null) return { '@index': index, ...columns };
  const form = query.metaAdditional ? formOf(call.scope.schema, note.items) : undefined;
  return {
    '@unid': note.unid,
    '@noteid': note.noteId,
    '@index': index,
    ...(form === undefined ? {} : { '@form': shownForm(form) }),
    ...(query.metaAdditional && note.parent !== null ? { '@parentDocument': note.parent } : {}),
    ...columns,
  };
}

function requireView({ scope }: ScopeCall, name: string): KeepView {
  const found = scope.schema.views.find((view) => [view.name, ...view.alias].includes(name));
  if (found === undefined) throw new RestError(404, `View ${name} is not configured`);
  return found;
}

function designOf(view: KeepView, withColumns: boolean): object {
  return {
    title: view.name,
    isFolder: view.isFolder,
    aliases: view.alias,
    type: view.isFolder ? 'folder' : 'view',
    ...(withColumns
      ? {
          columns: view.columns.map((column, position) => ({
            name: columnName(column),
            title: column.title ?? column.name,
            position,
            sorted: column.sorted !== undefined,
          })),
        }
      : {}),
  };
}

/** All notes without the bytes of files and rich text, which no column shows. */
function* bareNotes({ database }: ScopeCall): Generator<StoredNote> {
  const everything = { limits: { maxDocumentsScanned: Infinity } };
  for (const { unid } of database.query(compileQuery('@all'), everything).matches) {
    const note = database.readBare(unid);
    if (note !== null) yield note;
  }
}

interface Summary {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
}

/** Numbers of one column by the categories of the first one. */
function pivot(call: ScopeCall, view: KeepView, column: string): Record<string, Record<string, Summary>> {
  const category = view.columns[0];
  if (category === undefined || !view.columns.some((one) => columnName(one) === column)) {
    throw badRequest(`View ${view.name} has no column ${column}`);
  }
  const rows = viewRows(view, bareNotes(call), call.identity).filter(
    ({ note, isReadable }) => note !== null && isReadable,
  );
  const answered = rows.flatMap(({ note }) => (note === null ? [] : [note.unid]));
  logRead(call, { itemNames: viewItems(view), answered, query: `view ${view.name}` });
  const result: Record<string, Record<string, Summary>> = {};
  for (const { columns } of rows) {
    const value = Number(columns[column]);
    if (columns[column] === undefined || Number.isNaN(value)) continue;
    const key = String(columns[columnName(category)] ?? '');
    const { count = 0, min = value, max = value, sum = 0 } = result[key]?.[column] ?? {};
    result[key] = {
      [column]: { count: count + 1, min: Math.min(min, value), max: Math.max(max, value), sum: sum + value },
    };
  }
  return result;
}

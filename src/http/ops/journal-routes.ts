import { Readable } from 'node:stream';
import { z } from 'zod';
import type { JournalRow } from '../../../connectors/postgres/port.ts';
import type { JournalFilter } from '../../../connectors/postgres/watch-port.ts';
import { INSIDE } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import { streamed } from '../binary-schema.ts';
import type { HttpApp } from '../http-app.ts';
import { limit, text } from '../text-schema.ts';
import { journalRow } from './journal-schema.ts';

const instant = z.iso.datetime({ offset: true });

const filterSchema = z.strictObject({
  link: text(100).optional(),
  event: text(100).optional(),
  by: text(128).optional(),
  people: z.enum(['true', 'false']).optional().describe('true = only what a person decided'),
  about: text(100).optional().describe('UNID, record id, pair id or pass id'),
  from: instant.optional(),
  to: instant.optional(),
});

const PAGE = 1_000;
/** A line of a spreadsheet each; whoever needs more asks by months. */
const MOST_LINES = 200_000;

export function addJournalRoutes(app: HttpApp, { watch }: Pick<AppDeps, 'watch'>): void {
  app.get(
    '/api/ops/v1/journal',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'The journal of all links, newest first, searched',
        querystring: filterSchema.extend({
          before: text(200).optional().describe('`next` of the page before'),
          limit: limit(500, 100),
        }),
        response: {
          200: z.object({ entries: z.array(journalRow).readonly(), next: z.string().nullable() }),
          ...problemAnswers,
        },
      },
    },
    async ({ query }) => {
      const { before, limit: most, ...filter } = query;
      const entries = await watch.searchJournal(filterOf(filter, placeOf(before), most));
      const last = entries.at(-1);
      return { entries, next: last !== undefined && entries.length === most ? placeText(last) : null };
    },
  );

  app.get(
    '/api/ops/v1/journal-export',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'The same search as CSV, hashes included; at most 200,000 lines',
        querystring: filterSchema,
        response: {
          200: { description: 'CSV, UTF-8', content: { 'text/csv': { schema: streamed } } },
          ...problemAnswers,
        },
      },
    },
    async ({ query }, reply) => {
      reply
        .header('content-disposition', 'attachment; filename="journal.csv"')
        .type('text/csv; charset=utf-8');
      return reply.send(Readable.from(csvOf(watch, query)));
    },
  );
}

const COLUMNS = [
  'at',
  'linkId',
  'sequence',
  'event',
  'rule',
  'by',
  'reason',
  'fields',
  'recordId',
  'unid',
  'pairId',
  'passId',
  'digest',
  'previousHash',
  'hash',
] as const satisfies readonly (keyof JournalRow)[];

async function* csvOf(
  watch: Pick<AppDeps['watch'], 'searchJournal'>,
  filter: z.infer<typeof filterSchema>,
): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  let place: JournalFilter['before'] = null;
  for (let lines = 0; lines < MOST_LINES; lines += PAGE) {
    const rows: readonly JournalRow[] = await watch.searchJournal(filterOf(filter, place, PAGE));
    if (rows.length > 0)
      yield rows.map((row) => `${COLUMNS.map((column) => csvCell(row[column])).join(',')}\r\n`).join('');
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    place = { at: new Date(last.at), linkId: last.linkId, sequence: last.sequence };
  }
}

/** A cell that a spreadsheet would take for a formula is made a text. */
function csvCell(value: string | number | readonly string[] | null): string {
  const plain = Array.isArray(value) ? value.join(' ') : String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function filterOf(
  given: z.infer<typeof filterSchema>,
  before: JournalFilter['before'],
  limit: number,
): JournalFilter {
  return {
    linkId: given.link ?? null,
    event: given.event ?? null,
    by: given.by ?? null,
    people: given.people === 'true',
    about: given.about ?? null,
    from: given.from === undefined ? null : new Date(given.from),
    to: given.to === undefined ? null : new Date(given.to),
    before,
    limit,
  };
}

function placeText({ at, linkId, sequence }: JournalRow): string {
  return `${at}~${linkId}~${sequence}`;
}

function placeOf(text: string | undefined): JournalFilter['before'] {
  const [at, linkId, sequence] = (text ?? '').split('~');
  if (at === undefined || linkId === undefined || sequence === undefined) return null;
  const when = new Date(at);
  if (Number.isNaN(when.getTime()) || !/^\d{1,15}$/.test(sequence)) return null;
  return { at: when, linkId, sequence: Number(sequence) };
}

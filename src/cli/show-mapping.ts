import { z } from 'zod';
import { readAnswer } from './operation-request.ts';
import { renderTable } from './table.ts';
import { printable } from './terminal-text.ts';

const testAnswer = z.object({
  forms: z.array(
    z.object({
      form: z.string(),
      entity: z.string(),
      notes: z.array(
        z.object({
          unid: z.string(),
          verdict: z.string(),
          rows: z.array(
            z.object({
              item: z.string(),
              notes: z.string().nullable(),
              field: z.string(),
              handbook: z.string().nullable().optional(),
              problem: z.string().optional(),
            }),
          ),
        }),
      ),
    }),
  ),
  unmapped: z.array(z.string()),
});

const driftAnswer = z.object({
  drift: z.array(
    z.object({
      link: z.string(),
      form: z.string(),
      item: z.string(),
      kind: z.string(),
      expected: z.string(),
      seen: z.string(),
      notes: z.number(),
      lastAt: z.string(),
    }),
  ),
});

/** What one cell shows of a value. */
const MOST_SHOWN = 60;

/** Each note as a table: its items on the left, the fields that they become on the right. */
export function showMappingTest(result: unknown): string {
  const { forms, unmapped } = readAnswer(testAnswer, result);
  const parts = forms.flatMap(({ form, entity, notes }) => [
    `${printable(form)} → ${printable(entity)}\n`,
    ...(notes.length === 0 ? ['  no notes\n'] : notes.map(noteTable)),
  ]);
  const rest = unmapped.map((form) => `No mapping is for form ${printable(form)}.\n`).join('');
  return `${parts.join('\n')}${parts.length > 0 && rest !== '' ? '\n' : ''}${rest}`;
}

type Note = z.infer<typeof testAnswer>['forms'][number]['notes'][number];

function noteTable({ unid, verdict, rows }: Note): string {
  if (rows.length === 0) return `${printable(unid)}  does not cross: ${printable(verdict)}\n`;
  const problems = rows.filter(({ problem }) => problem !== undefined).length;
  const outcome = problems === 0 ? 'crosses' : `would be set aside: ${problems} problems`;
  const table = renderTable(
    [
      { title: 'item', text: (row) => row.item },
      { title: 'in Notes', text: (row) => cell(row.notes) },
      { title: 'field', text: (row) => row.field },
      {
        title: 'in the handbook',
        text: (row) => (row.problem === undefined ? cell(row.handbook ?? null) : `✗ ${row.problem}`),
      },
    ],
    rows,
  );
  return `${printable(unid)}  ${outcome}\n${table}`;
}

function cell(value: string | null): string {
  if (value === null) return '-';
  const shown = [...new Intl.Segmenter('vi').segment(value)].map(({ segment }) => segment);
  return shown.length > MOST_SHOWN ? `${shown.slice(0, MOST_SHOWN).join('')}…` : value;
}

export function showDrift(result: unknown): string {
  const { drift } = readAnswer(driftAnswer, result);
  if (drift.length === 0) return 'Nothing departs from the mappings.\n';
  return renderTable(
    [
      { title: 'link', text: (row) => row.link },
      { title: 'form', text: (row) => row.form },
      { title: 'item', text: (row) => row.item },
      { title: 'what', text: (row) => row.kind },
      { title: 'mapped', text: (row) => row.expected },
      { title: 'seen', text: (row) => row.seen },
      { title: 'times', alignRight: true, text: (row) => String(row.notes) },
      { title: 'last', text: (row) => row.lastAt },
    ],
    drift,
  );
}

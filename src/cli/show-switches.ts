import { z } from 'zod';
import { readAnswer } from './operation-request.ts';
import { renderTable } from './table.ts';

const rowSchema = z.object({
  name: z.string(),
  part: z.string(),
  value: z.string(),
  default: z.string(),
  values: z.array(z.string()),
  setFor: z.string(),
  databases: z.array(z.string()),
  question: z.string(),
  source: z.string(),
});

const answerSchema = z.object({ switches: z.array(rowSchema) });

/** A table of all, or what there is to say of one. */
export function showSwitches(result: unknown): string {
  const { switches } = readAnswer(answerSchema, result);
  const [only] = switches;
  if (switches.length === 1 && only !== undefined) return showOne(only);
  return renderTable(
    [
      { title: 'SWITCH', text: ({ name }) => name },
      { title: 'OF', text: ({ part }) => part },
      {
        title: 'VALUE',
        text: ({ value, setFor }) => (setFor === 'default' ? value : `${value} (set for the ${setFor})`),
      },
      { title: 'ELSE', text: ({ values, value }) => values.filter((one) => one !== value).join(', ') },
      { title: 'DEFAULT', text: (row) => (row.value === row.default ? '' : row.default) },
      { title: 'OPEN POINT', text: ({ question }) => question },
      { title: 'SOURCE', text: ({ source }) => source },
    ],
    switches,
  );
}

function showOne(row: z.infer<typeof rowSchema>): string {
  const of = { engine: 'the engine', dql: 'DQL', proton: '@domino/domino-db', rest: "HCL's Domino REST API" };
  return [
    `${row.name} = ${row.value}${row.setFor === 'default' ? ' (default)' : ` (set for the ${row.setFor}; default ${row.default})`}`,
    `Switch of: ${of[row.part as keyof typeof of] ?? row.part}`,
    `Values: ${row.values.join(', ')}`,
    `Open point: ${row.question}`,
    `Source: ${row.source}`,
    ...(row.databases.length === 0 ? [] : [`Set otherwise for: ${row.databases.join(', ')}`]),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

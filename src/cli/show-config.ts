import { z } from 'zod';
import { readAnswer } from './operation-request.ts';
import { renderTable } from './table.ts';
import { printable } from './terminal-text.ts';

const findingSchema = z.object({ severity: z.string(), rule: z.string(), message: z.string() });
export const configAnswer = z.object({
  findings: z.array(findingSchema),
  mappings: z.array(z.object({ form: z.string(), entity: z.string(), explanation: z.string() })),
});
type Finding = z.infer<typeof findingSchema>;

/** Each mapping in words, and at the end, where it is seen, what is wrong. */
export function showConfig(result: unknown): string {
  const { findings, mappings } = readAnswer(configAnswer, result);
  const explained = mappings.map(
    ({ form, entity, explanation }) =>
      `${printable(form)} → ${printable(entity)}\n${explanation
        .split('\n')
        .map((line) => `  ${printable(line)}`.trimEnd())
        .join('\n')
        .trimEnd()}\n`,
  );
  const table = renderTable(
    [
      { title: 'severity', text: (row: Finding) => row.severity },
      { title: 'rule', text: (row: Finding) => row.rule },
      { title: 'finding', text: (row: Finding) => row.message },
    ],
    findings,
  );
  return [...explained, findings.length === 0 ? 'No problems.\n' : table].join('\n');
}

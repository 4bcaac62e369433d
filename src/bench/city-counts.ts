import { z } from 'zod';
import type { Bench } from './open-bench.ts';

const generated = z.object({
  notes: z.number(),
  forms: z.array(
    z.object({
      form: z.string(),
      released: z.number(),
      unmarked: z.number(),
      classified: z.number(),
      broken: z.number(),
      childOfUnreleased: z.number(),
      duplicate: z.number(),
      denied: z.number(),
    }),
  ),
  texts: z.object({ decomposed: z.number(), abcFont: z.number(), partialDate: z.number() }),
});

export type CityReport = z.infer<typeof generated>;

/** Fills the embedded Domino with a city; answers what was made. */
export async function generateCity(bench: Bench, members: number, meetings: number): Promise<CityReport> {
  const generate = bench.composed.operations.find((operation) => operation.name === 'domino-generate');
  if (!generate) throw new Error('The bench has no embedded Domino');
  const given = generate.args.parse({ members, seed: 1, city: true, meetings });
  return generated.parse(await generate.run(given, { ...bench.context, progress: () => undefined }));
}

/** Throws unless the synchronisation counts exactly what was made: records of each entity, withheld and quarantined notes of each link. Returns a line. */
export async function requireCounts(bench: Bench, report: CityReport): Promise<string> {
  const { deps, links } = bench.bridge;
  const wrong: string[] = [];
  const expect = (what: string, found: number, made: number) => {
    if (found !== made) wrong.push(`${what}: ${found} of ${made}`);
  };
  let released = 0;
  let withheld = 0;
  let quarantined = 0;
  for (const link of links) {
    const forms = report.forms.filter(({ form }) => link.mappings.some((mapping) => mapping.form === form));
    for (const form of forms) {
      const entity = link.mappings.find((mapping) => mapping.form === form.form)?.entity ?? '';
      expect(`records of ${entity}`, await deps.handbook.count([entity]), form.released);
      released += form.released;
    }
    const counts = await deps.store.counts(link.id);
    const sum = (of: (form: CityReport['forms'][number]) => number) =>
      forms.reduce((total, form) => total + of(form), 0);
    const held = sum((form) => form.unmarked + form.classified + form.childOfUnreleased + form.denied);
    const aside = sum((form) => form.broken + form.duplicate);
    // A child whose parent was released later has no reason any more; what is wrong with it is told by its quarantine.
    const stopped = counts.withheld - (counts.withheldByReason[''] ?? 0);
    expect(`withheld notes of ${link.id}`, stopped, held);
    expect(`quarantined notes of ${link.id}`, counts.quarantined, aside);
    withheld += held;
    quarantined += aside;
  }
  if (wrong.length > 0) throw new Error(`Not what was made, so no rate counts: ${wrong.join('; ')}`);
  const { decomposed, abcFont, partialDate } = report.texts;
  return (
    `${report.notes} notes: ${released} records, ${withheld} withheld, ${quarantined} quarantined, as made; ` +
    `with decomposed letters ${decomposed}, ABC fonts ${abcFont}, partial dates ${partialDate}`
  );
}

import type { Bench } from './open-bench.ts';

const PAGE = 1000;

/** How many records the handbook has, and the sum of their versions: it grows with every write. */
export async function recordVersions(
  bench: Bench,
): Promise<{ readonly records: number; readonly sum: number }> {
  const { deps, links } = bench.bridge;
  const entities = links.flatMap((link) => link.mappings.map((mapping) => mapping.entity));
  let records = 0;
  let sum = 0;
  for (let after: string | null = null; ; ) {
    const page = await deps.handbook.list(entities, after, PAGE);
    if (page.length === 0) return { records, sum };
    records += page.length;
    for (const record of page) sum += record.version;
    after = page.at(-1)?.recordId ?? null;
  }
}

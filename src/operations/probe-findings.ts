import { z } from 'zod';
import { type Finding, fine, problem, warning } from './finding.ts';

const probed = z.looseObject({
  ok: z.boolean(),
  guard: z.string().optional(),
  requireRevisionToUpdate: z.boolean().optional(),
  domino: z.string().nullish(),
  findings: z
    .array(
      z.looseObject({
        id: z.string(),
        severity: z.string(),
        what: z.string(),
        change: z.string().nullable(),
        accepted: z.boolean(),
      }),
    )
    .default([]),
});

/** What a probe of a link's server means for its operators: forms and items that the schema lacks or has otherwise, and what cannot be written. */
export function probeFindings(link: string, answer: unknown): readonly Finding[] {
  const { ok, guard, domino, findings } = probed.parse(answer);
  const of = findings
    .filter(({ severity }) => severity !== 'fine')
    .map(({ id, what, change, accepted }) =>
      (accepted ? warning : problem)('mapping', `${link} ${id}`, what, change ?? 'accepted in the settings'),
    );
  if (domino) of.push(fine('version', link, `Domino ${domino}`));
  if (guard === 'disproven')
    // What follows from it for the mappings is for `config check` to say.
    of.push(
      fine('domino', link, 'the server cannot guard a write: a save between our read and our write is lost'),
    );
  if (!ok && of.every(({ level }) => level !== 'problem'))
    of.push(problem('domino', link, 'the link may not write', 'see "bridge domino probe"'));
  return of;
}

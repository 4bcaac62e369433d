import { z } from 'zod';
import type { Operation, OperationContext } from '../operation.ts';

/** What the way in of a link finds out about its server. Shapes differ by way in; `ok` is whether the link may write. */
export type ProbeRunner = (
  linkId: string,
  context: OperationContext,
) => Promise<{ readonly ok: boolean } & Readonly<Record<string, unknown>>>;

const args = z.strictObject({ link: z.string().min(1) });

export function dominoProbe(
  probe: ProbeRunner,
): Operation<z.infer<typeof args>, { readonly ok: boolean } & Readonly<Record<string, unknown>>> {
  return {
    name: 'domino-probe',
    summary:
      'Asks the Domino behind a link what it is and what it does to the documents of the link; writes nothing',
    role: 'auditor',
    args,
    run: ({ link }, context) => probe(link, context),
  };
}

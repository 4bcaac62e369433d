import { z } from 'zod';
import type { ShownAccess } from '../../../connectors/domino/embedded/administration-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const entrySchema = z.strictObject({
  name: z.string().min(1).describe('a name, group or wildcard, `-Default-` or `Anonymous`'),
  level: z.enum(['none', 'depositor', 'reader', 'author', 'editor', 'designer', 'manager']),
  creates: z.boolean().default(true),
  deletes: z.boolean().default(false),
  roles: z.array(z.string().min(1)).default([]),
});

const args = z.strictObject({
  database: databaseName,
  set: entrySchema.optional(),
  remove: z.string().min(1).optional().describe('the entry of this name goes'),
});

export function dominoAcl(tools: DominoTools | null): Operation<z.infer<typeof args>, ShownAccess> {
  return {
    name: 'domino-acl',
    summary: 'Shows the ACL of a database of the embedded Domino, after setting or removing an entry',
    role: 'operator',
    args,
    run: ({ database, set, remove }) =>
      withTools(tools, ({ administration }) => {
        if (set !== undefined) administration.changeAcl(database, set);
        if (remove !== undefined) administration.changeAcl(database, { name: remove, level: null });
        return administration.showAcl(database);
      }),
  };
}

import { z } from 'zod';
import { type AgentRow, type AgentTask, RETYPINGS } from '../../../connectors/domino/embedded/people-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { asUser, databaseName, itemsSchema } from './domino-args.ts';
import { presentItems } from './present-items.ts';
import { withTools } from './with-tools.ts';

const itemName = z.string().min(1);

const taskSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('stamp'),
    items: itemsSchema.describe('none = every note is saved as it is'),
  }),
  z.strictObject({ kind: z.literal('categorise'), categories: z.array(z.string().min(1)).min(1) }),
  z.strictObject({
    kind: z.literal('form'),
    from: z.string().min(1),
    to: z.string().min(1).nullable().describe('null = the item Form is taken away'),
  }),
  z.strictObject({ kind: z.literal('retype'), item: itemName, how: z.enum(RETYPINGS) }),
  z.strictObject({ kind: z.literal('resave'), item: itemName.describe('rich text') }),
]);

const args = z.strictObject({
  database: databaseName,
  task: taskSchema,
  forms: z.array(z.string().min(1)).min(1).optional().describe('missing = every note'),
  as: asUser,
  confirmed: z.boolean().default(false).describe('false = only count'),
});

export function dominoAgent(tools: DominoTools | null): Operation<z.infer<typeof args>, AgentRow> {
  return {
    name: 'domino-agent',
    summary: 'Runs an agent over the notes of a database of the embedded Domino: each is saved',
    role: 'operator',
    args,
    run: ({ task, forms, as, ...request }) =>
      withTools(tools, ({ people }) =>
        people.runAgent({ ...request, task: taskOf(task), forms: forms ?? null, as: as ?? null }),
      ),
  };
}

function taskOf(task: z.infer<typeof taskSchema>): AgentTask {
  return task.kind === 'stamp' ? { kind: 'stamp', items: presentItems(task.items) } : task;
}

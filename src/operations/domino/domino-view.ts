import { z } from 'zod';
import type { DesignState } from '../../../connectors/domino/embedded/design-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName, noteUnid } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const text = z.string().min(1);

const column = z.strictObject({
  name: text.describe('programmatic name'),
  item: text,
  sorted: z.enum(['ascending', 'descending', 'none']).default('none'),
  clickSort: z.boolean().default(false),
  categorized: z.boolean().default(false),
  separateValues: z.boolean().default(false),
});

const view = z.strictObject({
  name: text,
  aliases: z.array(text).default([]),
  kind: z.enum(['view', 'folder']).default('view'),
  selection: z
    .union([z.literal('all'), z.record(text, z.array(z.string()).min(1))])
    .default('all')
    .describe('all, or for each item the values of which it must have one'),
  columns: z.array(column).default([]),
});

const folder = { database: databaseName, name: text, unids: z.array(noteUnid).min(1) };

const args = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('list'), database: databaseName }),
  z.strictObject({ action: z.literal('create'), database: databaseName, view }),
  z.strictObject({ action: z.literal('remove'), database: databaseName, name: text }),
  z.strictObject({ action: z.literal('build'), database: databaseName }),
  z.strictObject({ action: z.literal('put'), ...folder }),
  z.strictObject({ action: z.literal('take'), ...folder }),
]);

export function dominoView(tools: DominoTools | null): Operation<z.infer<typeof args>, DesignState> {
  return {
    name: 'domino-view',
    summary: 'Lists, makes, builds and removes views and folders of a database of the embedded Domino',
    role: 'operator',
    args,
    run: (request) =>
      withTools(tools, ({ design }) => {
        const { database } = request;
        switch (request.action) {
          case 'list':
            return design.show(database);
          case 'create':
            return design.putView(database, request.view);
          case 'remove':
            return design.removeView(database, request.name);
          case 'build':
            return design.buildViews(database);
          case 'put':
          case 'take':
            return design.changeFolder(database, request.name, request.unids, request.action);
        }
      }),
  };
}

import { z } from 'zod';
import type { DesignState } from '../../../connectors/domino/embedded/design-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const catalogArgs = z.strictObject({ database: databaseName });

export function dominoCatalog(
  tools: DominoTools | null,
): Operation<z.infer<typeof catalogArgs>, DesignState> {
  return {
    name: 'domino-catalog',
    summary: 'Brings the design catalog of a database of the embedded Domino up to date',
    role: 'operator',
    args: catalogArgs,
    run: ({ database }) => withTools(tools, ({ design }) => design.catalog(database)),
  };
}

const fullTextArgs = z.strictObject({
  database: databaseName,
  drop: z.boolean().default(false).describe('take the index away'),
});

export function dominoFullText(
  tools: DominoTools | null,
): Operation<z.infer<typeof fullTextArgs>, DesignState> {
  return {
    name: 'domino-fulltext',
    summary: 'Makes, updates or drops the full-text index of a database of the embedded Domino',
    role: 'operator',
    args: fullTextArgs,
    run: ({ database, drop }) => withTools(tools, ({ design }) => design.fullText(database, drop)),
  };
}

import type { Migration } from 'kysely/migration';
import { links } from './0001-links.ts';
import { pairs } from './0002-pairs.ts';
import { decisions } from './0003-decisions.ts';
import { journal } from './0004-journal.ts';
import { instances } from './0005-instances.ts';
import { mappings } from './0006-mappings.ts';
import { hidings } from './0007-hidings.ts';
import { watch } from './0008-watch.ts';
import { drift } from './0009-drift.ts';

/** Migrations of schema `bridge` by name, in the order of their names. One that has been released is never edited, only followed. */
export const bridgeMigrations: Readonly<Record<string, Migration>> = {
  '0001-links': links,
  '0002-pairs': pairs,
  '0003-decisions': decisions,
  '0004-journal': journal,
  '0005-instances': instances,
  '0006-mappings': mappings,
  '0007-hidings': hidings,
  '0008-watch': watch,
  '0009-drift': drift,
};

import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { expireSoftDeleted } from '../engine/soft-deletion.ts';

export const DAY_MS = 86_400_000;

export interface PurgeReport {
  readonly stubs: number;
  /** Softly deleted notes whose time was over. */
  readonly expired: number;
  /** Old documents, where the database removes them; they leave no stub. */
  readonly documents: number;
  /** Everything from before this instant went. */
  readonly before: number;
}

/** Forgets what is older than the purge interval [RE9]. `dryRun` counts and changes nothing. */
export function purgeDatabase(
  database: EmbeddedDatabase,
  options: { readonly dryRun?: boolean } = {},
): PurgeReport {
  const { file, settings } = database;
  const before = file.now() - settings.purgeIntervalDays * DAY_MS;
  const old = settings.removesOldDocuments
    ? [...file.store.heads()].filter((head) => head.modifiedInFile < before)
    : [];
  const by = file.context.quirks.stubAge === 'arrival' ? 'deletedAt' : 'sequenceTime';
  if (options.dryRun === true) {
    const stubs = file.store.stubs(0).filter((stub) => stub[by] < before).length;
    return { stubs, expired: 0, documents: old.length, before };
  }
  const expired = expireSoftDeleted(file);
  return file.write(() => {
    for (const { noteId } of old) file.store.remove(noteId);
    const stubs = file.store.purgeStubs(before, by === 'deletedAt' ? 'deleted_at' : 'sequence_time');
    file.store.setMeta('lastPurge', String(file.now()));
    return { stubs, expired, documents: old.length, before };
  });
}

/** Domino purges once in a third of the interval; here when a replication finds it due. */
export function purgeIfDue(database: EmbeddedDatabase): PurgeReport | null {
  const { file, settings } = database;
  const last = Number(file.store.meta('lastPurge') ?? database.created);
  const due = last + (settings.purgeIntervalDays / 3) * DAY_MS;
  return file.now() < due ? null : purgeDatabase(database);
}

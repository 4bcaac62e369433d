import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { clearHistory } from './history.ts';
import { isSelected } from './receive.ts';

/**
 * What this replica is to hold; null = everything. Notes of other forms are removed here, without a stub: others keep theirs. The next
 * replication looks at everything. Stands for the selection formula, of which only `Form` is modelled.
 */
export function selectForms(
  database: EmbeddedDatabase,
  forms: readonly string[] | null,
): { readonly removed: number } {
  const { file } = database;
  const others = [...database.notes()].filter(({ items }) => !isSelected(items, forms));
  database.changeSettings({ replicatedForms: forms === null ? null : [...forms] });
  file.write(() => {
    for (const { noteId } of others) file.store.remove(noteId);
  });
  clearHistory(file);
  return { removed: others.length };
}

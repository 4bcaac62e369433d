import type { StoredNote } from '../../../connectors/domino/embedded/stored-note.ts';
import type { Link } from '../pass-deps.ts';
import type { TestBridge } from './test-bridge.ts';

/** All notes of the file, as a backup has them. */
export function backup(bridge: TestBridge): readonly StoredNote[] {
  return [...bridge.file.notes()].flatMap((note) => bridge.file.read(note.unid) ?? []);
}

/** A new file that holds these notes, opened by the same way in. */
export async function fileOf(bridge: TestBridge, filePath: string, notes: readonly StoredNote[]) {
  const file = bridge.domino.createDatabase(filePath, {
    title: filePath,
    replicaId: bridge.link.replicaSet,
  });
  file.import(notes);
  return { file, database: await bridge.openBeside(filePath) };
}

/** The link, its file restored from this backup: the same place, older content. */
export async function restored(
  bridge: TestBridge,
  filePath: string,
  notes: readonly StoredNote[],
): Promise<Link> {
  const { database } = await fileOf(bridge, filePath, notes);
  return { ...bridge.link, database };
}

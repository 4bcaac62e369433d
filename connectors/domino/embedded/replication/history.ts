import type { DatabaseFile } from '../engine/database-file.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';

export type Direction = 'send' | 'receive';

export interface HistoryEntry {
  /** `server!!path`: a database that was moved is another partner. */
  readonly partner: string;
  readonly direction: Direction;
  /** Time of the sender's clock when its changes were listed. */
  readonly at: number;
}

export function partnerName({ filePath, file }: EmbeddedDatabase): string {
  return `${file.context.serverName}!!${filePath}`;
}

/** Two databases with the names that they know each other by. */
export interface Partners {
  readonly target: EmbeddedDatabase;
  readonly source: EmbeddedDatabase;
  readonly targetName: string;
  readonly sourceName: string;
}

export function historyOf({ store }: DatabaseFile): HistoryEntry[] {
  const rows = store.prepared('SELECT partner, direction, at FROM history ORDER BY partner, direction').all();
  return (rows as unknown as [string, Direction, number][]).map(([partner, direction, at]) => ({
    partner,
    direction,
    at,
  }));
}

/** The next replication with everybody looks at everything. */
export function clearHistory(file: DatabaseFile): number {
  return file.write(() => Number(file.store.prepared('DELETE FROM history').run().changes));
}

/** From when on the source's changes are asked for; null = from the beginning, since the two files do not agree [RE8]. */
export function agreedTime({ target, source, targetName, sourceName }: Partners): number | null {
  const received = timeOf(target, sourceName, 'receive');
  const sent = timeOf(source, targetName, 'send');
  return received !== null && received === sent ? received : null;
}

/** Only after everything arrived. */
export function recordTime({ target, source, targetName, sourceName }: Partners, at: number): void {
  put(target.file, { partner: sourceName, direction: 'receive', at });
  put(source.file, { partner: targetName, direction: 'send', at });
}

function timeOf({ file }: EmbeddedDatabase, partner: string, direction: Direction): number | null {
  const row = file.store
    .prepared('SELECT at FROM history WHERE partner = ? AND direction = ?')
    .get(partner, direction);
  return (row as unknown as [number] | undefined)?.[0] ?? null;
}

function put(file: DatabaseFile, { partner, direction, at }: HistoryEntry): void {
  file.write(() =>
    file.store
      .prepared('INSERT OR REPLACE INTO history (partner, direction, at) VALUES (?, ?, ?)')
      .run(partner, direction, at),
  );
}

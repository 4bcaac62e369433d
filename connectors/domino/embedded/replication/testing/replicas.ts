import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedDatabase } from '../../engine/embedded-database.ts';
import { EmbeddedDomino, type EmbeddedDominoOptions } from '../../engine/embedded-domino.ts';
import { type Random, seededRandom } from '../../engine/seeded-random.ts';
import { START } from '../../engine/testing/temporary-domino.ts';

export interface Replicas extends Disposable {
  readonly servers: readonly EmbeddedDomino[];
  /** One on each server, at the same path. */
  readonly databases: readonly EmbeddedDatabase[];
  /** Milliseconds since 1970 UTC, of the world; each server's clock may differ. */
  time: number;
  /** As new: no notes, no stubs, no history, the first moment, these skews. Much faster than other files. */
  empty(skews?: readonly number[]): void;
}

const REPLICA_ID = '00AABBCCDDEEFF11';

/** A database on so many servers `CN=S0/O=Party`, `CN=S1/O=Party`, …; `skews` = how far each clock is ahead, ms. No two ever tick at once. */
export function replicas(
  count: number,
  options: Partial<EmbeddedDominoOptions> & { readonly skews?: readonly number[] } = {},
): Replicas {
  const root = mkdtempSync(join(tmpdir(), 'replicas-'));
  const made = {
    time: START,
    [Symbol.dispose]() {
      for (const server of made.servers) server.close();
      rmSync(root, { recursive: true, force: true });
    },
  } as { -readonly [Key in keyof Replicas]: Replicas[Key] };
  const { skews: first = [], ...others } = options;
  let skews = first;
  let randoms: readonly Random[] = [];
  const seed = (): void => {
    randoms = Array.from({ length: count }, (_, index) => seededRandom(index + 1));
  };
  seed();
  made.empty = (ahead = []) => {
    skews = ahead;
    seed();
    made.time = START;
    for (const { file } of made.databases) {
      const tables = ['note', 'content', 'stub', 'trash', 'history'];
      file.write(() => tables.forEach((table) => file.store.prepared(`DELETE FROM ${table}`).run()));
    }
  };
  made.servers = Array.from({ length: count }, (_, index) => {
    return new EmbeddedDomino({
      root: join(root, String(index)),
      name: `CN=S${index}/O=Party`,
      timeSource: () => made.time + (skews[index] ?? 0) + index * 10,
      random: () => randoms[index]?.() ?? 0,
      ...others,
    });
  });
  made.databases = made.servers.map((server) =>
    server.createDatabase('members.nsf', { title: 'Đảng viên', replicaId: REPLICA_ID }),
  );
  return made;
}

/** Everything that replicas must agree on. `copies`: conflict notes without their UNIDs and times, which differ with the run. */
export function contentOf(database: EmbeddedDatabase, copies: 'exact' | 'loose' = 'exact'): unknown {
  const notes = [...database.notes()].map((note) => {
    const { unid, sequence, sequenceTime, created, parent, conflict, items } = note;
    return copies === 'loose' && conflict
      ? { parent, conflict, items }
      : { unid, sequence, sequenceTime, created, parent, conflict, items };
  });
  const stubs = database
    .stubs()
    .map(({ unid, sequence, sequenceTime }) => ({ unid, sequence, sequenceTime }));
  const byText = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return { notes: notes.sort(byText), stubs: stubs.sort(byText) };
}

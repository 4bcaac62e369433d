import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readMappings } from '../../../config/read-mappings.ts';
import { EmbeddedDomino } from '../../../connectors/domino/embedded/engine/embedded-domino.ts';
import { NotesUser } from '../../../connectors/domino/embedded/engine/notes-user.ts';
import type { StoredNote } from '../../../connectors/domino/embedded/stored-note.ts';
import { SAMPLE_BRIDGE } from '../../../connectors/domino/embedded/generate/generate-sample.ts';
import { PostgresHandbook } from '../../../connectors/handbook/postgres-handbook.ts';
import { PostgresMembersHandbook } from '../../../connectors/handbook/postgres-members-handbook.ts';
import { openPglite } from '../../../connectors/postgres/pool/open-pglite.ts';
import type { SqlPool } from '../../../connectors/postgres/pool/sql-pool.ts';
import { entitySchemas } from '../../compose/entity-schemas.ts';
import { openDataDir } from '../../data-dir/data-dir.ts';

export interface PlannedEdit {
  /** 0–1: which assignment. */
  readonly pick: number;
  readonly progress: number;
  readonly cell: string;
}

export interface Edited {
  readonly key: string;
  readonly progress?: number;
  readonly cell?: string;
}

/** Both sides of a data directory that nobody has open: what people do while the bridge is down. */
async function withStopped<T>(
  dataDir: string,
  work: (parts: { file: NotesUser; notes: () => Iterable<StoredNote>; sql: SqlPool }) => Promise<T>,
): Promise<T> {
  const lock = openDataDir(dataDir);
  const domino = new EmbeddedDomino({ root: join(lock.path, 'domino') });
  const sql = await openPglite({ dataDir: join(lock.path, 'postgres') });
  try {
    const database = domino.openDatabase('tacnghiep.nsf');
    return await work({
      file: new NotesUser(database, { name: SAMPLE_BRIDGE, access: 'manager' }),
      notes: () => database.notes(),
      sql,
    });
  } finally {
    await sql.close();
    domino.close();
    lock.close();
  }
}

/** The Notes side gets another cell, the handbook side another progress: different fields, so nothing here may become a conflict. */
export function editBothSides(dataDir: string, edits: readonly PlannedEdit[]): Promise<readonly Edited[]> {
  return withStopped(dataDir, async ({ file, notes, sql }) => {
    const handbook = await PostgresHandbook.open(sql);
    const members = new PostgresMembersHandbook(
      sql,
      entitySchemas(readMappings(join(import.meta.dirname, '../../../config/mappings'))),
    );
    const live = (await handbook.list(['assignment'], null, 500)).filter((record) => record.state === 'live');
    const unids = new Map([...notes()].map((note) => [textOf(note, 'MaBanGhi'), note.unid]));
    const done: Edited[] = [];
    for (const [index, edit] of edits.entries()) {
      const record = live[Math.floor(edit.pick * live.length)];
      const unid = unids.get(record?.key ?? '');
      if (!record || unid === undefined) continue;
      if (index % 2 === 0) {
        file.edit(unid, { MaChiBo: edit.cell });
        done.push({ key: record.key ?? '', cell: edit.cell });
      } else {
        const [now] = await handbook.read([record.recordId]);
        const result = await members.mutate({
          clientId: 'phone',
          mutationId: randomUUID(),
          accountId: 'tester',
          kind: 'update',
          entity: 'assignment',
          recordId: record.recordId,
          baseVersion: now?.version ?? 0,
          fields: { progress: edit.progress },
        });
        if (result.kind !== 'applied') throw new Error(`the member's edit was not applied: ${result.kind}`);
        done.push({ key: record.key ?? '', progress: edit.progress });
      }
    }
    return done;
  });
}

export interface Inspected {
  readonly pairsTwice: number;
  readonly keysTwice: number;
  readonly intents: number;
  readonly conflicts: number;
  readonly assignments: ReadonlyMap<
    string,
    { noteProgress: unknown; recordProgress: unknown; noteCell: unknown; recordCell: unknown }
  >;
}

export function inspect(dataDir: string, keys: readonly string[]): Promise<Inspected> {
  return withStopped(dataDir, async ({ notes, sql }) => {
    const count = async (text: string) => Number((await sql.query<{ n: string | number }>(text)).rows[0]?.n);
    const handbook = await PostgresHandbook.open(sql);
    const records = new Map(
      (await handbook.readByKey('assignment', keys)).map((record) => [record.key, record]),
    );
    const byKey = new Map([...notes()].map((note) => [textOf(note, 'MaBanGhi'), note]));
    return {
      pairsTwice: await count(
        `SELECT count(*) AS n FROM (SELECT unid FROM bridge.pair WHERE unid IS NOT NULL GROUP BY unid HAVING count(*) > 1) t`,
      ),
      keysTwice: await count(
        `SELECT count(*) AS n FROM (SELECT entity, key FROM handbook.record WHERE state = 'live' GROUP BY entity, key HAVING count(*) > 1) t`,
      ),
      intents: await count('SELECT count(*) AS n FROM bridge.intent'),
      conflicts: await count('SELECT count(*) AS n FROM bridge.conflict'),
      assignments: new Map(
        keys.map((key) => {
          const note = byKey.get(key);
          const fields = records.get(key)?.fields;
          return [
            key,
            {
              noteProgress: note && valueOf(note, 'TienDo'),
              recordProgress: fields?.['progress'],
              noteCell: note && valueOf(note, 'MaChiBo'),
              recordCell: fields?.['organisationCode'],
            },
          ];
        }),
      ),
    };
  });
}

function valueOf(note: StoredNote, name: string): unknown {
  const item = note.items.find((candidate) => candidate.name === name);
  return item && (item.value.type === 'text' || item.value.type === 'number')
    ? item.value.values[0]
    : undefined;
}

function textOf(note: StoredNote, name: string): string {
  const value = valueOf(note, name);
  return typeof value === 'string' ? value : '';
}

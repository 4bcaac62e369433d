import type { AccessRules } from './access-rules.ts';
import { asHandbookError } from './postgres/database-error.ts';
import type { HandbookSql } from './postgres/handbook-sql.ts';
import { isPermitted } from './postgres/mutate/is-permitted.ts';
import { isRecordId } from './postgres/record-row.ts';
import type { Rights } from './readers-port.ts';
import {
  MOST_HELD_BYTES,
  MOST_OPEN,
  type NewUpload,
  type Upload,
  type UploadEnd,
  type Uploads,
} from './uploads-port.ts';

interface UploadRow {
  readonly upload_id: string;
  readonly entity: string;
  readonly record_id: string;
  readonly file_name: string;
  readonly size: number;
  readonly sha256: string;
  readonly received: number;
  readonly state: Upload['state'];
  readonly media_type: string | null;
  readonly reason: string | null;
  readonly created_at: Date;
}

const MINE = 'account_id = $1 and member_key is not distinct from $2';

/** {@link Uploads} in the schema of `PostgresHandbook`. */
export class PostgresUploads implements Uploads {
  readonly #sql: HandbookSql;
  readonly #rules: AccessRules;

  constructor(sql: HandbookSql, rules: AccessRules) {
    this.#sql = sql;
    this.#rules = rules;
  }

  begin(rights: Rights, upload: NewUpload): Promise<'begun' | 'forbidden' | 'too-many'> {
    const { id, entity, recordId, fileName, size, sha256, now } = upload;
    if (!isRecordId(recordId)) return Promise.resolve('forbidden');
    return asHandbookError(() =>
      this.#sql.transaction(async (tx) => {
        const live = await tx.query(
          `select from handbook.record where record_id = $1 and entity = $2 and state = 'live'`,
          [recordId, entity],
        );
        const change = {
          kind: 'update',
          entity,
          recordId,
          fields: {},
          clientId: '',
          mutationId: '',
          accountId: '',
          baseVersion: 0,
        } as const;
        if (live.rowCount === 0 || !(await isPermitted(tx, this.#rules, rights.viewer, change)))
          return 'forbidden';
        // Two that begin at once would each count without the other.
        await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 7))`, [mine(rights).join(' ')]);
        const { rows } = await tx.query<{ open: number; bytes: number }>(
          `select count(*) filter (where state = 'receiving')::integer as open, coalesce(sum(size) filter (where state <> 'refused'), 0)::bigint as bytes
             from handbook.upload where ${MINE}`,
          mine(rights),
        );
        const { open, bytes } = rows[0] ?? { open: 0, bytes: 0 };
        if (open >= MOST_OPEN || bytes + size > MOST_HELD_BYTES) return 'too-many';
        await tx.query(
          `insert into handbook.upload (account_id, member_key, upload_id, entity, record_id, file_name, size, sha256, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [...mine(rights), id, entity, recordId, fileName, size, sha256, new Date(now)],
        );
        return 'begun';
      }),
    );
  }

  async list(rights: Rights): Promise<readonly Upload[]> {
    const { rows } = await this.#run<UploadRow>(
      `select * from handbook.upload where ${MINE} order by created_at desc, upload_id limit 500`,
      mine(rights),
    );
    return rows.map(toUpload);
  }

  async find(rights: Rights, id: string): Promise<Upload | null> {
    const { rows } = await this.#run<UploadRow>(
      `select * from handbook.upload where ${MINE} and upload_id = $3`,
      [...mine(rights), id],
    );
    return rows[0] === undefined ? null : toUpload(rows[0]);
  }

  async append(rights: Rights, id: string, offset: number, bytes: Uint8Array): Promise<number | null> {
    // One statement: two senders at one offset meet at the row, and the second finds it moved.
    const { rows } = await this.#run<{ received: number }>(
      `with moved as (
         update handbook.upload set received = received + $5::integer
          where ${MINE} and upload_id = $3 and state = 'receiving' and received = $4 and received + $5::integer <= size
         returning upload_id, received
       ), kept as (
         insert into handbook.upload_chunk (upload_id, first, bytes) select upload_id, $4, $6 from moved
       )
       select received from moved`,
      [...mine(rights), id, offset, bytes.length, bytes],
    );
    return rows[0]?.received ?? null;
  }

  async *content(rights: Rights, id: string): AsyncIterable<Uint8Array> {
    for (let next = 0; ; ) {
      const { rows } = await this.#run<{ bytes: Uint8Array }>(
        `select c.bytes from handbook.upload_chunk c join handbook.upload u using (upload_id)
          where ${MINE} and upload_id = $3 and c.first = $4`,
        [...mine(rights), id, next],
      );
      const [chunk] = rows;
      if (chunk === undefined) return;
      yield chunk.bytes;
      next += chunk.bytes.length;
    }
  }

  end(rights: Rights, id: string, end: UploadEnd): Promise<void> {
    const [type, reason] = end.state === 'held' ? [end.mediaType, null] : [null, end.reason];
    return asHandbookError(() =>
      this.#sql.transaction(async (tx) => {
        const { rowCount } = await tx.query(
          `update handbook.upload set state = $4, media_type = $5, reason = $6, ended_at = $7
            where ${MINE} and upload_id = $3 and state = 'receiving' and received = size`,
          [...mine(rights), id, end.state, type, reason, new Date(end.now)],
        );
        if (rowCount > 0 && end.state === 'refused')
          await tx.query('delete from handbook.upload_chunk where upload_id = $1', [id]);
      }),
    );
  }

  async remove(rights: Rights, id: string): Promise<boolean> {
    const { rowCount } = await this.#run(`delete from handbook.upload where ${MINE} and upload_id = $3`, [
      ...mine(rights),
      id,
    ]);
    return rowCount > 0;
  }

  async dropAbandoned(before: number): Promise<number> {
    const { rowCount } = await this.#run(
      `delete from handbook.upload where state = 'receiving' and created_at < $1`,
      [new Date(before)],
    );
    return rowCount;
  }

  #run<R>(text: string, values: readonly unknown[]) {
    return asHandbookError(() => this.#sql.query<R>(text, values));
  }
}

function mine({ viewer }: Rights): readonly [string, string | null] {
  return [viewer.accountId, viewer.memberKey];
}

function toUpload(row: UploadRow): Upload {
  return {
    id: row.upload_id,
    entity: row.entity,
    recordId: row.record_id,
    fileName: row.file_name,
    size: row.size,
    sha256: row.sha256,
    received: row.received,
    state: row.state,
    mediaType: row.media_type,
    reason: row.reason,
    createdAt: row.created_at.getTime(),
  };
}

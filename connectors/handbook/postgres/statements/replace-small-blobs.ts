import type { BlobTarget, SmallBlob } from '../../port.ts';
import type { HandbookSql } from '../handbook-sql.ts';
import { ABANDONED_AFTER } from './complete-blob.ts';

/**
 * Puts the blobs (none of one name twice) in the place of older ones, where the bytes differ. Null when done; the first target whose record has no content
 * (any more) otherwise, and nothing was stored.
 */
export async function replaceSmallBlobs(
  sql: HandbookSql,
  blobs: readonly SmallBlob[],
): Promise<BlobTarget | null> {
  const names = [
    blobs.map(({ target }) => target.recordId),
    blobs.map(({ target }) => target.field),
    blobs.map(({ ref }) => ref.name),
    blobs.map(({ ref }) => ref.sha256),
  ];
  return sql.transaction(async (tx) => {
    // Two blobs of one name that are stored at once take turns, and so does a withdrawal. In id order: two batches do not wait for each other.
    const { rows } = await tx.query<{ recordId: string }>(
      `select record_id as "recordId" from handbook.record
        where record_id = any($1::uuid[]) and state in ('live', 'hidden') order by record_id for update`,
      [names[0]],
    );
    const known = new Set(rows.map(({ recordId }) => recordId));
    const missing = blobs.find(({ target }) => !known.has(target.recordId));
    if (missing !== undefined) return missing.target;
    await tx.query(
      `delete from handbook.blob as blob
        using unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as given (record_id, field, name, sha256)
        where blob.record_id = given.record_id and blob.field = given.field and blob.name = given.name
          and (case when blob.complete then blob.sha256 <> given.sha256 else blob.received_at < now() - $5::interval end)`,
      [...names, ABANDONED_AFTER],
    );
    await tx.query(
      `with given as materialized (
         select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bytea[])
           as given (record_id, field, name, sha256, size, bytes)
       ), fresh as (
         insert into handbook.blob (record_id, field, name, sha256, size, complete)
         select record_id, field, name, sha256, size, true from given
          where not exists (select from handbook.blob as blob
            where blob.record_id = given.record_id and blob.field = given.field and blob.name = given.name and blob.complete)
         returning blob_id, record_id, field, name
       )
       insert into handbook.blob_chunk (blob_id, chunk, bytes)
       select blob_id, 0, bytes from fresh join given using (record_id, field, name) where size > 0`,
      [
        ...names,
        blobs.map(({ ref }) => ref.size),
        blobs.map(({ bytes }) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
      ],
    );
    return null;
  });
}

import { asHandbookError } from './postgres/database-error.ts';
import type { HandbookSql } from './postgres/handbook-sql.ts';
import type { Forgotten, Retention, RetentionLimits } from './retention-port.ts';

const EMPTIED = `'{"yours": null, "current": null}'::jsonb`;

const STATEMENTS: Readonly<Record<keyof RetentionLimits, string>> = {
  recordHistory: `delete from handbook.record_history where (record_id, version) in (
    select record_id, version from handbook.record_history where at < $1 order by at limit $2)`,
  readAudit: `delete from handbook.read_audit where audit_id in (
    select audit_id from handbook.read_audit where at < $1 order by at limit $2)`,
  mutationAnswers: `update handbook.mutation
     set result = jsonb_set(result, '{fields}', (
       select coalesce(jsonb_object_agg(field, ${EMPTIED}), '{}') from jsonb_object_keys(result -> 'fields') as field))
   where (client_id, mutation_id) in (
     select client_id, mutation_id from handbook.mutation
      where at < $1 and result ->> 'kind' = 'conflict'
        and exists (select from jsonb_each(result -> 'fields') as answered (field, said) where said <> ${EMPTIED})
      order by at limit $2)`,
};

/** {@link Retention} on the schema of `PostgresHandbook`. */
export class PostgresRetention implements Retention {
  readonly #sql: HandbookSql;

  constructor(sql: HandbookSql) {
    this.#sql = sql;
  }

  async forget(before: RetentionLimits, most: number): Promise<Forgotten> {
    return {
      recordHistory: await this.#forget('recordHistory', before, most),
      readAudit: await this.#forget('readAudit', before, most),
      mutationAnswers: await this.#forget('mutationAnswers', before, most),
    };
  }

  #forget(kind: keyof RetentionLimits, before: RetentionLimits, most: number): Promise<number> {
    const at = before[kind];
    if (at === null) return Promise.resolve(0);
    return asHandbookError(() =>
      this.#sql.transaction(async (tx) => {
        // What is append-only lets go of rows under this setting alone; it ends with the transaction.
        await tx.query(`select set_config('handbook.retention', 'on', true)`);
        const { rowCount } = await tx.query(STATEMENTS[kind], [new Date(at), most]);
        return rowCount;
      }),
    );
  }
}

import type { ReadAudit, ReadAuditQuery, ReadEntry } from './audit-port.ts';
import { selectReads } from './postgres/audit/select-reads.ts';
import { asHandbookError } from './postgres/database-error.ts';
import type { HandbookSql } from './postgres/handbook-sql.ts';

/** {@link ReadAudit} of what `PostgresReadersHandbook` records. */
export class PostgresReadAudit implements ReadAudit {
  readonly #sql: HandbookSql;

  constructor(sql: HandbookSql) {
    this.#sql = sql;
  }

  reads(query: ReadAuditQuery): Promise<readonly ReadEntry[]> {
    return asHandbookError(() => selectReads(this.#sql, query));
  }
}

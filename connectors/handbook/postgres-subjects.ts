import { asHandbookError } from './postgres/database-error.ts';
import type { HandbookSql, HandbookTx } from './postgres/handbook-sql.ts';
import { eraseSubject, selectErasable } from './postgres/subjects/erase-subject.ts';
import { selectSubject } from './postgres/subjects/select-subject.ts';
import type { Erasable, SubjectExport, SubjectRequest, Subjects } from './subjects-port.ts';

/** {@link Subjects} on the schema of `PostgresHandbook`. */
export class PostgresSubjects implements Subjects {
  readonly #sql: HandbookSql;

  constructor(sql: HandbookSql) {
    this.#sql = sql;
  }

  export(request: SubjectRequest): Promise<SubjectExport | null> {
    return asHandbookError(() =>
      this.#sql.transaction(async (tx) => {
        const all = await selectSubject(tx, request.memberKey);
        if (all === null) return null;
        const { records, mutations, reads } = all;
        await journal(tx, 'export', request, {
          records: records.length,
          mutations: mutations.length,
          reads: reads.length,
        });
        return all;
      }),
    );
  }

  erasable(memberKey: string): Promise<Erasable | null> {
    return asHandbookError(() => selectErasable(this.#sql, memberKey));
  }

  erase(request: SubjectRequest, approve: string): Promise<Erasable | 'changed' | null> {
    return asHandbookError(() =>
      this.#sql.transaction(async (tx) => {
        const found = await selectErasable(tx, request.memberKey);
        if (found === null) return null;
        if (found.approve !== approve) return 'changed';
        await eraseSubject(tx, request.memberKey);
        await journal(tx, 'erase', request, found.erases);
        return found;
      }),
    );
  }
}

async function journal(
  tx: HandbookTx,
  kind: 'export' | 'erase',
  { memberKey, by, reason }: SubjectRequest,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  await tx.query(
    `insert into handbook.subject_request (kind, member_key, by_account, reason, counts) values ($1, $2, $3, $4, $5::jsonb)`,
    [kind, memberKey, by, reason, JSON.stringify(counts)],
  );
}

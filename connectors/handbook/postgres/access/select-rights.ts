import { createHash } from 'node:crypto';
import type { Rights, Viewer } from '../../readers-port.ts';
import type { HandbookTx } from '../handbook-sql.ts';

/** What the account may see on that day; null for somebody who is not active. */
export async function selectRights(tx: HandbookTx, viewer: Viewer, today: string): Promise<Rights | null> {
  const whole = viewer.role === 'app' || (viewer.role === 'officer' && viewer.organisationCode === '*');
  const { rows } = await tx.query<{ tokens: string[] | null; version: number }>(
    `select version, case when $5 then null else handbook.tokens_of($1, $2, $3, $4::date) end as tokens
       from handbook.access_setting`,
    [viewer.role, viewer.memberKey, viewer.organisationCode, today, whole],
  );
  const { tokens = null, version = 0 } = rows[0] ?? {};
  if (!whole && tokens === null) return null;
  const known = JSON.stringify([version, viewer.role, viewer.memberKey, viewer.organisationCode, tokens]);
  const fingerprint = createHash('sha256').update(known).digest('base64url').slice(0, 22);
  return { viewer, tokens, fingerprint };
}

/** What the cursors of this store are sealed with. */
export async function selectCursorKey(tx: HandbookTx): Promise<string> {
  const { rows } = await tx.query<{ key: string }>('select cursor_key as key from handbook.access_setting');
  return rows[0]?.key ?? '';
}

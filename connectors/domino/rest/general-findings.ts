import { fine, type Finding, loses, refused } from './finding.ts';
import type { ScopeFacts, ServerFacts } from './server-facts.ts';

/** What the server, the scope and the identity do to any link. */
export function generalFindings(
  server: ServerFacts,
  { schema, user, level, flags }: ScopeFacts,
  { identity, changesView }: { readonly identity: string | null; readonly changesView: string | null },
): Finding[] {
  const findings: Finding[] = [];
  findings.push(
    schema.requireRevisionToUpdate
      ? fine('revision', 'the schema requires the revision on updates: a write on a stale state is refused')
      : loses(
          'revision',
          'the schema does not require the revision: a save in Notes between the read and the write of the bridge would be lost',
          'set "requireRevisionToUpdate": true in the schema (Admin UI: Require Revision)',
        ),
  );
  if (!schema.dqlAccess && changesView === null)
    findings.push(
      refused(
        'dql',
        'the schema allows no DQL, so notes cannot be searched',
        'set "dqlAccess": true, or name a view in changesView of the link',
      ),
    );
  if (server.operations.size > 0)
    for (const needed of [
      'query',
      'bulkGetDocumentsByUnid',
      'getDocument',
      'patchDocument',
      'createDocument',
    ])
      if (!server.operations.has(needed))
        findings.push(
          refused(`operation ${needed}`, `the server does not offer ${needed}`, 'switch the operation on'),
        );
  if (['READER', 'DEPOSITOR', 'NOACCESS', 'NO_ACCESS'].includes(level.toUpperCase()))
    findings.push(
      refused(
        'level',
        `the identity has ${level} only`,
        'raise its ACL entry and the scope’s maximum access to Editor',
      ),
    );
  if (flags.includes('NODELETE'))
    findings.push(
      refused(
        'delete-flag',
        'the identity may not delete documents',
        'tick Delete documents in its ACL entry, where the link deletes',
      ),
    );
  if (identity !== null && user !== '' && !sameName(user, identity))
    findings.push(
      loses(
        'identity',
        `the server knows the bridge as ${user}, the link names ${identity}`,
        'name the same Notes name in the link (identity), or sign in as another user',
      ),
    );
  return findings;
}

/** Canonical and abbreviated names are one name. */
function sameName(first: string, second: string): boolean {
  const plain = (name: string) => name.replace(/\b(CN|OU|O|C)=/gi, '').toLowerCase();
  return plain(first) === plain(second);
}

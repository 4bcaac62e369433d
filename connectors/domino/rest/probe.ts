import type { Finding } from './finding.ts';
import { schemaFor } from './schema-for.ts';
import type { Facts, RestSession } from './session.ts';

/** What `bridge domino probe` shows of a link through HCL's REST API. */
export interface RestProbe {
  readonly scope: string;
  readonly filePath: string;
  readonly apis: readonly string[];
  readonly specification: string;
  readonly domino: string | null;
  readonly user: string;
  readonly level: string;
  readonly requireRevisionToUpdate: boolean;
  /** How changes are asked for. */
  readonly changes: 'query-formula' | 'dql' | 'view' | 'none';
  /** How deletions are seen: by the server agent, or by looking for known notes, where absence proves nothing. */
  readonly deletions: 'agent' | 'sweep';
  /** Forms of the schema and their modes. */
  readonly forms: readonly { readonly form: string; readonly modes: readonly string[] }[];
  readonly findings: readonly (Finding & { readonly accepted: boolean })[];
  readonly writable: boolean;
  /** The schema that the mappings of the link need, to be imported; null where no mappings are known. */
  readonly wantedSchema: object | null;
}

export function probeReport(session: RestSession, facts: Facts): RestProbe {
  const { scope, acceptLoss, deletionAgent, expected } = session.options;
  const { server, scope: found, findings } = facts;
  const { changesView } = session.options;
  const changes = found.schema.dqlAccess ? 'dql' : changesView === null ? 'none' : 'view';
  return {
    scope,
    filePath: found.schema.nsfPath,
    apis: server.apis,
    specification: server.version,
    domino: server.domino,
    user: found.user,
    level: found.level,
    requireRevisionToUpdate: found.schema.requireRevisionToUpdate,
    changes: server.operations.has('queryFormula') ? 'query-formula' : changes,
    deletions: deletionAgent === null ? 'sweep' : 'agent',
    forms: found.schema.forms.map((form) => ({
      form: form.formName,
      modes: form.formModes.map((mode) => mode.modeName),
    })),
    findings: findings.map((finding) => ({ ...finding, accepted: acceptLoss.includes(finding.id) })),
    writable: session.lossesOf(facts).length === 0,
    wantedSchema: expected.length === 0 ? null : schemaFor(expected, { name: scope }),
  };
}

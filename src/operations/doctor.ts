import type { z } from 'zod';
import { DominoError, type DominoErrorCode } from '../../connectors/domino/port.ts';
import type { QuarantineRow } from '../../connectors/postgres/port.ts';
import { instanceOf } from '../passes/choose-instance.ts';
import type { Link } from '../passes/pass-deps.ts';
import type { Bridge } from './bridge.ts';
import { chooseLinks, linkArgs } from './choose-links.ts';
import type { ProbeRunner } from './domino/domino-probe.ts';
import { type Finding, fine, problem, warning } from './finding.ts';
import { probeFindings } from './probe-findings.ts';
import { OperationError, type Operation, type OperationContext } from './operation.ts';
import { status } from './status.ts';

/** A stamp of the server further ahead of our clock than this is a wrong clock's, here or there. */
const AHEAD_MS = 60_000;
const SAMPLE = 1_000;

/** Asks every link's server, compares clocks, and gathers what speaks of mappings that do not fit. Writes nothing. */
export function doctor(
  bridge: Bridge,
  probe: ProbeRunner,
  version: string,
): Operation<z.infer<typeof linkArgs>, { readonly version: string; readonly findings: readonly Finding[] }> {
  return {
    name: 'doctor',
    summary: 'Looks at Domino, clocks, links and mappings, and says what to do',
    role: 'auditor',
    args: linkArgs,
    async run(given, context) {
      const findings: Finding[] = [fine('version', 'bridge', `${version} on Node ${process.versions.node}`)];
      const links = chooseLinks(bridge, given.link);
      for (const [at, link] of links.entries()) {
        context.progress({ phase: link.id, done: at, estimated: links.length });
        findings.push(...(await dominoFindings(bridge, link, probe, context)));
        findings.push(...(await clockFindings(bridge, link)));
        findings.push(...(await stateFindings(bridge, link, context)));
        findings.push(...(await driftFindings(bridge, link)));
      }
      findings.push(...(await mappingFindings(bridge)));
      return { version, findings };
    },
  };
}

const TODO: Readonly<Record<DominoErrorCode, string>> = {
  unreachable: 'look whether the server runs and whether a firewall lets this machine through to its port',
  busy: 'the server has too much to do: try again, then look at its load',
  'outcome-unknown': 'try again',
  'scan-limit': 'raise the limits of DQL on the server, or give the link fewer forms',
  'not-authorized':
    'give the identity of the link access in the ACL, or renew its credentials (docs/domino.md)',
  'not-found': 'correct database.filePath (or scope) of the link',
  'bad-request': 'the server speaks another version: run "bridge domino contract" on a scratch file',
  rejected: 'look at the log of the server',
  'module-missing': 'install @domino/domino-db of HCL’s App Dev Pack (docs/domino.md)',
  protocol: 'the server speaks another version: run "bridge domino contract" on a scratch file',
};

async function dominoFindings(
  bridge: Bridge,
  link: Link,
  probe: ProbeRunner,
  context: OperationContext,
): Promise<readonly Finding[]> {
  const row = await bridge.deps.store.link(link.id);
  const active = row === null ? link : instanceOf(link, row);
  try {
    const found = await active.database.identify({ signal: context.signal });
    const findings = [fine('domino', link.id, `${found.server} answers, ${found.filePath}`)];
    if (found.replicaId !== null && found.replicaId !== link.replicaSet)
      findings.push(
        problem(
          'domino',
          link.id,
          `the file has replica ID ${found.replicaId}, the settings say ${link.replicaSet}`,
          'this is another database: correct filePath or replicaSet before anything runs',
        ),
      );
    const probed = await probe(link.id, context);
    return [...findings, ...probeFindings(link.id, probed)];
  } catch (error) {
    if (error instanceof DominoError)
      return [problem('domino', link.id, `fails with ${error.code}`, TODO[error.code])];
    if (error instanceof OperationError)
      return [problem('domino', link.id, error.message, 'look whether the server runs')];
    throw error;
  }
}

/** Domino tells its time by stamps only: one that is ahead of us proves a wrong clock, here or there. */
async function clockFindings(bridge: Bridge, link: Link): Promise<readonly Finding[]> {
  const row = await bridge.deps.store.link(link.id);
  const checkpoint = await bridge.deps.store.checkpoint(link.id, row?.activeInstance ?? link.instanceId);
  const stamp = checkpoint?.greatestStamp ?? null;
  if (stamp === null) return [fine('clock', link.id, 'no stamp of the server was seen yet')];
  const ahead = Date.parse(stamp) - bridge.deps.clock.now();
  return ahead > AHEAD_MS
    ? [
        warning(
          'clock',
          link.id,
          `the newest stamp of the server is ${Math.round(ahead / 1000)} s ahead of this machine`,
          'set both clocks by NTP: changes made meanwhile are found by the next sweep only',
        ),
      ]
    : [fine('clock', link.id, `newest stamp of the server: ${stamp}`)];
}

async function stateFindings(
  bridge: Bridge,
  link: Link,
  context: OperationContext,
): Promise<readonly Finding[]> {
  const { links } = await status(bridge).run({ link: link.id }, context);
  return links.map(({ health, next }) =>
    health === 'healthy' || health === 'behind'
      ? fine('link', link.id, health)
      : (health === 'paused' ? warning : problem)('link', link.id, health, next),
  );
}

/** Reasons of quarantine that speak of the mapping rather than of one document. */
const DRIFT = new Set([
  'wrong-type',
  'several-values',
  'not-in-list',
  'date-with-time',
  'pattern',
  'too-long',
  'access-item',
  'not-writable',
  'not-true-or-false',
]);

async function driftFindings(bridge: Bridge, link: Link): Promise<readonly Finding[]> {
  const rows = await bridge.deps.store.quarantined({ linkId: link.id, limit: SAMPLE });
  const groups = new Map<string, { row: QuarantineRow; count: number }>();
  for (const row of rows.filter(({ code }) => DRIFT.has(code))) {
    const key = `${row.form} ${row.code} ${row.detail}`;
    groups.set(key, { row, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()].map(({ row, count }) =>
    warning(
      'mapping',
      `${link.id} ${row.form}`,
      `${count} documents do not fit: ${row.code} (${row.detail})`,
      'if the form has changed, change the mapping; else correct the documents ("bridge quarantine list")',
    ),
  );
}

async function mappingFindings(bridge: Bridge): Promise<readonly Finding[]> {
  const { findings, mappings } = await bridge.checkConfig('en');
  if (findings.length === 0)
    return [fine('mapping', 'settings', `${mappings.length} mappings fit the links`)];
  return findings.map(({ severity, rule, message }) =>
    (severity === 'error' ? problem : warning)(
      'mapping',
      'settings',
      `${rule}: ${message}`,
      'see "bridge config check"',
    ),
  );
}

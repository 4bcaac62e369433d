import type { BridgeConfig } from '../../config/bridge-schema.ts';
import type { NotesDatabase } from '../../connectors/domino/port.ts';
import { PostgresReportBook } from '../../connectors/postgres/postgres-report-book.ts';
import type { SqlPool } from '../../connectors/postgres/pool/sql-pool.ts';
import type { Bridge } from '../operations/bridge.ts';
import { patientPass } from '../operations/patient-pass.ts';
import type { RunReports } from '../operations/reports.ts';
import type { PassRun } from '../passes/pass-deps.ts';
import type { ReportPlace, ReportTally } from '../reports/report-deps.ts';
import { reportRound } from '../reports/report-round.ts';
import { type DominoWatch, watchedDatabase } from '../signals/watched-database.ts';
import type { OpenedLink } from './open-links.ts';

export interface OpenedReports {
  /** Ids of the links that have reports. */
  readonly links: readonly string[];
  /** A round within a pass of its link. Throws for a link without reports. */
  round(run: PassRun): Promise<ReportTally>;
  readonly onRequest: RunReports;
}

/** The reports of every link that has a database for them. Opens each on first use, so that a server that is away stops nobody. */
export function openReports(
  config: BridgeConfig,
  opened: readonly OpenedLink[],
  bridge: Bridge,
  inside: SqlPool,
  watch: DominoWatch,
): OpenedReports {
  const deps = { bridge, book: new PostgresReportBook(inside) };
  const databases = new Map<string, Promise<NotesDatabase>>();
  const placeOf = async (linkId: string): Promise<ReportPlace> => {
    const settings = config.links.find(({ id }) => id === linkId);
    const entry = opened.find(({ link }) => link.id === linkId);
    if (!settings?.reports || !entry) throw new Error(`Link ${linkId} has no reports`);
    const { filePath, readers } = settings.reports;
    const { identity } = settings.database;
    const database = databases.get(linkId) ?? entry.place.openBeside(filePath);
    databases.set(linkId, database);
    return {
      link: entry.link,
      database: watchedDatabase(await database, linkId, watch),
      readers: [...new Set([...readers, identity])],
      identity,
    };
  };
  const links = config.links.flatMap(({ id, reports }) => (reports === null ? [] : [id]));
  const round = async (run: PassRun) => reportRound(deps, await placeOf(run.link.id), run);
  return {
    links,
    round,
    async onRequest(wanted, context) {
      const results = [];
      for (const { link } of opened) {
        if (!links.includes(link.id) || (wanted !== null && wanted !== link.id)) continue;
        const { value } = await patientPass(bridge.deps, link, context, round);
        results.push({ link: link.id, ...value });
      }
      return results;
    },
  };
}

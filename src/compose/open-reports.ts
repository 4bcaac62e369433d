import type { BridgeConfig } from '../../config/bridge-schema.ts';
import { DominoError, type NotesDatabase } from '../../connectors/domino/port.ts';
import { PostgresReportBook } from '../../connectors/postgres/postgres-report-book.ts';
import type { SqlPool } from '../../connectors/postgres/pool/sql-pool.ts';
import type { Bridge } from '../operations/bridge.ts';
import { OperationError } from '../operations/operation.ts';
import { patientPass } from '../operations/patient-pass.ts';
import type { RunReports } from '../operations/reports.ts';
import type { PassRun } from '../passes/pass-deps.ts';
import type { ReportPlace, ReportTally } from '../reports/report-deps.ts';
import { reportRound } from '../reports/report-round.ts';
import { type DominoWatch, watchedDatabase } from '../signals/watched-database.ts';
import type { OpenedLink } from './open-links.ts';

export interface OpenedReports {
  /** A round within a pass of its link; of a link without reports nothing. A database that fails is logged and stops nothing else. */
  round(run: PassRun): Promise<void>;
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
    // The next round tries anew.
    database.catch(() => databases.delete(linkId));
    return {
      link: entry.link,
      database: watchedDatabase(await database, linkId, watch),
      readers: [...new Set([...readers, identity])],
      identity,
    };
  };
  const { log } = bridge.deps;
  const links = config.links.flatMap(({ id, reports }) => (reports === null ? [] : [id]));
  const round = async (run: PassRun) => reportRound(deps, await placeOf(run.link.id), run);
  return {
    async round(run) {
      if (!links.includes(run.link.id)) return;
      try {
        const { decided, refused } = await round(run);
        if (decided + refused > 0)
          log.info({ link: run.link.id, pass: run.passId, decided, refused }, 'Notes users have chosen');
      } catch (error) {
        if (!(error instanceof DominoError)) throw error;
        log.warn(
          { link: run.link.id, pass: run.passId, code: error.code },
          'the database of the reports fails: Notes users are not told of what needs them',
        );
      }
    },
    async onRequest(wanted, context) {
      const results: (ReportTally & { readonly link: string })[] = [];
      for (const { link } of opened) {
        if (!links.includes(link.id) || (wanted !== null && wanted !== link.id)) continue;
        const { value } = await patientPass(bridge.deps, link, context, 'reports', async (run) => {
          try {
            return await round(run);
          } catch (error) {
            if (!(error instanceof DominoError)) throw error;
            throw new OperationError('unavailable', `Reports of link ${link.id}: ${error.message}`);
          }
        });
        results.push({ link: link.id, ...value });
      }
      return results;
    },
  };
}

import type { DesignState, DominoDesign, QueryAnswer, QueryRequest, ViewRow } from '../design-port.ts';
import { compileQuery } from '../dql/query.ts';
import { type DqlSwitches, HARSH_DQL } from '../dql/switches.ts';
import type { QueryDesign, ViewColumn, ViewDesign } from '../dql/view-design.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { formatInstant } from '../engine/notes-date-time.ts';
import type { OnServers } from './on-servers.ts';

export function createDesign(on: OnServers): DominoDesign {
  const change = (database: string, work: (opened: EmbeddedDatabase) => void): DesignState =>
    on.database(database, (domino, path) => {
      const opened = domino.openDatabase(path);
      work(opened);
      return stateOf(opened);
    });
  return {
    show: (database) => change(database, () => {}),
    putView: (database, view) => change(database, ({ design }) => design.putView(view)),
    removeView: (database, name) => change(database, ({ design }) => design.removeView(name)),
    buildViews: (database) => change(database, ({ design }) => design.buildViews()),
    changeFolder: (database, folder, unids, how) =>
      change(database, ({ design }) =>
        how === 'put' ? design.putInFolder(folder, unids) : design.removeFromFolder(folder, unids),
      ),
    catalog: (database) => change(database, ({ design }) => design.catalog()),
    fullText: (database, drop) =>
      change(database, ({ design }) => (drop ? design.dropFullText() : design.updateFullText())),
    query: (request) =>
      on.database(request.database, (domino, path) =>
        answer(domino.openDatabase(path), domino.switchesIn(path, HARSH_DQL), request),
      ),
  };
}

function answer(database: EmbeddedDatabase, switches: DqlSwitches, request: QueryRequest): QueryAnswer {
  const compiled = compileQuery(request.query, [], { design: database.design.forQueries(), switches });
  if (request.explain) {
    const explanation = compiled.explain(database.notes());
    return { database: database.filePath, found: null, scanned: null, notes: [], explanation };
  }
  const reader = request.as === null ? {} : { readableBy: database.identityOf({ name: request.as }) };
  const { matches, scanned } = database.query(compiled, reader);
  return {
    database: database.filePath,
    found: matches.length,
    scanned,
    notes: matches
      .slice(0, request.limit)
      .map(({ unid, sequenceTime }) => ({ unid, modified: formatInstant(sequenceTime) })),
    explanation: null,
  };
}

function stateOf(database: EmbeddedDatabase): DesignState {
  const design = database.design.forQueries();
  return {
    database: database.filePath,
    catalogued: design.catalog !== null,
    fullTextUpTo: instantOrNull(design.fullTextAt),
    views: design.views.map((view) => viewRow(design, view)),
  };
}

function viewRow(design: QueryDesign, view: ViewDesign): ViewRow {
  const { name, aliases, kind, selection, columns } = view;
  const state = design.stateOf(name);
  const known = design.catalog?.find((one) => one.name.toLowerCase() === name.toLowerCase());
  const isCurrent = JSON.stringify(known) === JSON.stringify(view);
  return {
    name,
    aliases,
    kind,
    selection:
      selection === 'all'
        ? 'all'
        : Object.entries(selection)
            .map(([item, values]) => `${item} = ${values.join(', ')}`)
            .join('; '),
    columns: columns.map(columnText),
    builtUpTo: instantOrNull(state?.builtAt ?? null),
    catalog: known === undefined ? 'absent' : isCurrent ? 'current' : 'outdated',
    documents: kind === 'folder' ? (state?.members.size ?? 0) : null,
  };
}

function columnText({ name, item, sorted, clickSort, categorized, separateValues }: ViewColumn): string {
  const said = [
    ...(sorted === 'none' ? [] : [sorted]),
    ...(clickSort ? ['click'] : []),
    ...(categorized ? ['categorized'] : []),
    ...(separateValues ? ['separate'] : []),
  ];
  return said.length === 0 ? `${name}=${item}` : `${name}=${item}:${said.join(',')}`;
}

function instantOrNull(at: number | null): string | null {
  return at === null ? null : formatInstant(at);
}

import type { SourcePatch } from './patch-sources.ts';

declare global {
  var simulationCells: Record<string, number> | undefined;
}

/** Counts how often each cell of the planner's table decides. */
export const COUNT_PLANNER_CELLS: SourcePatch = {
  file: 'src/sync/plan.ts',
  find: '  const column = handbookKind(input.mapping, base, handbook);',
  replace: `  const column = handbookKind(input.mapping, base, handbook);
  const cells = (globalThis.simulationCells ??= {});
  cells['cell ' + row + ' × ' + column] = (cells['cell ' + row + ' × ' + column] ?? 0) + 1;`,
};

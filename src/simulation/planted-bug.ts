import type { SourcePatch } from './patch-sources.ts';

/** A defect that is put into the engine on purpose; the simulation has to notice it. */
export interface PlantedBug {
  readonly name: string;
  /** Histories within which it has to be noticed. */
  readonly within: number;
  readonly patches: readonly SourcePatch[];
}

export const PASSES = 'src/passes';
export const SYNC = 'src/sync';

export function bug(name: string, within: number, file: string, find: string, replace: string): PlantedBug {
  return { name, within, patches: [{ file, find, replace }] };
}

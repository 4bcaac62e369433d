/** [BR1] How many effects of one lane a link may see in a rolling 24 hours before a person must look: the greater of a floor and a share of its live pairs. */
export interface BrakeLimit {
  readonly floor: number;
  readonly share: number;
}

export const DEFAULT_DELETE_LIMIT: BrakeLimit = { floor: 20, share: 0.02 };
export const DEFAULT_UPDATE_LIMIT: BrakeLimit = { floor: 50, share: 0.2 };

/** [BR2] True when what was done and what is about to be done together exceed the limit: nothing of the lane happens, not even the part that would fit. */
export function brakes(limit: BrakeLimit, population: number, doneIn24h: number, planned: number): boolean {
  return planned > 0 && planned > allowance(limit, population, doneIn24h);
}

/** How many more effects of a lane may happen without a person's word; never negative. */
export function allowance(limit: BrakeLimit, population: number, doneIn24h: number): number {
  return Math.max(0, Math.max(limit.floor, Math.floor(limit.share * population)) - doneIn24h);
}

export const BRAKE_WINDOW_MS = 24 * 3600 * 1000;

interface Effect {
  readonly side: 'notes' | 'handbook';
  readonly at: string;
  readonly fields: readonly string[];
}

/**
 * [PP1] Six effects within an hour, sides taking turns, all of them on one same field: two writers undo each other. The pair is set aside. People who edit
 * different fields of one document take turns as well, and are left alone.
 */
export function pingPong(effects: readonly Effect[], nowMs: number): boolean {
  if (effects.length < 6) return false;
  const last = effects.slice(-6);
  const alternates = last.every((effect, index) => index === 0 || effect.side !== last[index - 1]?.side);
  const contested =
    last[0]?.fields.some((field) => last.every((effect) => effect.fields.includes(field))) ?? false;
  return alternates && contested && nowMs - Date.parse(last[0]?.at ?? '') <= 3600 * 1000;
}

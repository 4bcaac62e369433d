import type { Intent } from '../sync/pair.ts';
import type { PassDeps } from './pass-deps.ts';

/**
 * [IN2] Asks the handbook which of these writes took effect: ours whose answer was lost, or whose process died before it recorded them. What a member did
 * since would hide it. Notes cannot be asked: only what a note shows tells there.
 */
export async function withLandings(
  deps: Pick<PassDeps, 'handbook'>,
  intents: readonly Intent[],
): Promise<readonly Intent[]> {
  const opIds = intents.filter(({ side }) => side === 'handbook').map(({ opId }) => opId);
  if (opIds.length === 0) return intents;
  const versions = await deps.handbook.applied(opIds);
  return intents.map((intent) => {
    const landedAt = versions.get(intent.opId);
    return landedAt === undefined ? intent : { ...intent, landedAt };
  });
}

import { DominoError } from '../../connectors/domino/port.ts';
import type { ProbeRunner } from '../operations/domino/domino-probe.ts';
import { OperationError } from '../operations/operation.ts';
import type { OpenedLink } from './open-links.ts';

/** Asks the server of a link about itself. Throws `not-found` for a link that is none, `unavailable` when the server cannot be asked. */
export function probeOf(opened: readonly OpenedLink[]): ProbeRunner {
  return async (linkId, context) => {
    const entry = opened.find(({ link }) => link.id === linkId);
    if (!entry)
      throw new OperationError(
        'not-found',
        `No link "${linkId}": the links are ${opened.map(({ link }) => link.id).join(', ')}`,
      );
    try {
      const found = await entry.place.probe({ signal: context.signal });
      return { ok: found['writable'] !== false, server: entry.place.serverName, ...found };
    } catch (error) {
      if (error instanceof DominoError) throw new OperationError('unavailable', error.message);
      throw error;
    }
  };
}

import {
  type ContractReport,
  personThrough,
  runContract,
} from '../../connectors/domino/contract/run-contract.ts';
import { DominoError } from '../../connectors/domino/port.ts';
import { OperationError, type OperationContext } from '../operations/operation.ts';
import type { OpenedLink } from './open-links.ts';

/** Runs the connector's contract on a scratch file of a link's server. Throws `not-found`; the suite itself refuses any file that is not scratch. */
export function contractOf(
  opened: readonly OpenedLink[],
): (linkId: string, scratchFile: string, context: OperationContext) => Promise<ContractReport> {
  return async (linkId, scratchFile, context) => {
    const entry = opened.find(({ link }) => link.id === linkId);
    if (!entry)
      throw new OperationError(
        'not-found',
        `No link "${linkId}": the links are ${opened.map(({ link }) => link.id).join(', ')}`,
      );
    const database = await entry.place.openBeside(scratchFile);
    try {
      let done = 0;
      return await runContract({
        database,
        person: personThrough(database),
        scratchFile,
        linkFiles: opened.map(({ link }) => link.instanceId.split('!!')[1] ?? ''),
        countNotes: (forms) => database.countNotes(forms),
        onCase: (name) => {
          done += 1;
          context.progress({ phase: name, done, estimated: null });
        },
      });
    } catch (error) {
      // The suite refuses before its first write: what it says is what the operator has to know.
      if (error instanceof DominoError) {
        throw new OperationError(error.code === 'bad-request' ? 'refused' : 'unavailable', error.message);
      }
      throw error;
    } finally {
      await database.close();
    }
  };
}

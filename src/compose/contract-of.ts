import type { NotesPerson } from '../../connectors/domino/contract/contract-case.ts';
import {
  type ContractReport,
  personThrough,
  runContract,
} from '../../connectors/domino/contract/run-contract.ts';
import { DominoError } from '../../connectors/domino/port.ts';
import { OperationError, type OperationContext } from '../operations/operation.ts';
import type { OpenedLink } from './open-links.ts';
import type { ScratchDatabase } from './opened-place.ts';

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
        person: personOf(database),
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

/** The connector plays the person; where it can attach files, the person can. */
function personOf(database: ScratchDatabase): NotesPerson {
  const person = personThrough(database);
  if (database.attachFile === undefined) return person;
  return {
    ...person,
    attachFile: async (unid, name, bytes) => {
      await database.attachFile?.(unid, name, bytes);
    },
  };
}

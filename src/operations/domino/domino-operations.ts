import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { administrationOperations } from './administration-operations.ts';
import { dominoClock } from './domino-clock.ts';
import { type ContractRunner, dominoContract } from './domino-contract.ts';
import { dominoCreate } from './domino-create.ts';
import { dominoCreateNote } from './domino-create-note.ts';
import { dominoDelete } from './domino-delete.ts';
import { dominoEdit } from './domino-edit.ts';
import { dominoExport } from './domino-export.ts';
import { dominoFault } from './domino-fault.ts';
import { dominoGenerate } from './domino-generate.ts';
import { dominoImportDxl } from './domino-import-dxl.ts';
import { dominoList } from './domino-list.ts';
import { dominoProbe, type ProbeRunner } from './domino-probe.ts';
import { dominoReaders } from './domino-readers.ts';
import { dominoShow } from './domino-show.ts';

/** `bridge domino …`. With `tools` null they answer `unavailable`; contract and probe run on any link. */
export function dominoOperations(
  tools: DominoTools | null,
  contract: ContractRunner,
  probe: ProbeRunner,
): readonly Operation[] {
  const onTools = [
    dominoCreate,
    dominoList,
    dominoShow,
    dominoEdit,
    dominoCreateNote,
    dominoDelete,
    dominoReaders,
    dominoImportDxl,
    dominoExport,
    dominoGenerate,
    dominoFault,
    dominoClock,
  ];
  return [
    ...onTools.map((make) => make(tools) as Operation),
    ...administrationOperations(tools),
    dominoContract(contract),
    dominoProbe(probe),
  ];
}

import { z } from 'zod';
import type { ContractReport } from '../../../connectors/domino/contract/run-contract.ts';
import type { Operation, OperationContext } from '../operation.ts';
import { databaseName } from './domino-args.ts';

/** Runs the contract suite through the way in of a link, on another file of its server. */
export type ContractRunner = (
  linkId: string,
  scratchFile: string,
  context: OperationContext,
) => Promise<ContractReport>;

const args = z.strictObject({ link: z.string().min(1), scratch: databaseName });

/** Works on any link, also on a real server. */
export function dominoContract(
  contract: ContractRunner,
): Operation<z.infer<typeof args>, ContractReport & { readonly ok: boolean }> {
  return {
    name: 'domino-contract',
    summary: 'Proves that the Domino behind a link behaves as the bridge expects, in a scratch database',
    role: 'operator',
    args,
    async run({ link, scratch }, context) {
      const report = await contract(link, scratch, context);
      return { ok: report.failed.length === 0, ...report };
    },
  };
}

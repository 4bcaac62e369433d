import type { Watch } from '../../../connectors/domino/embedded/tools-port.ts';
import type { OperationContext } from '../operation.ts';

export function watchOf(context: OperationContext, phase: string): Watch {
  return {
    signal: context.signal,
    progress: (done, estimated) => context.progress({ phase, done, estimated }),
  };
}

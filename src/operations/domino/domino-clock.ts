import { z } from 'zod';
import type { DominoTools, ServerTime } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({ advanceSeconds: z.int().min(1) });

export function dominoClock(tools: DominoTools | null): Operation<z.infer<typeof args>, ServerTime> {
  return {
    name: 'domino-clock',
    summary: "Moves the embedded Domino's clock forward",
    role: 'operator',
    args,
    run: ({ advanceSeconds }) => withTools(tools, (domino) => domino.advanceClock(advanceSeconds)),
  };
}

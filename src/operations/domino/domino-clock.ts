import { z } from 'zod';
import type { ServerTime } from '../../../connectors/domino/embedded/domain-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({
  server: z.string().min(1).optional().describe('missing = the home server'),
  advanceSeconds: z.int().default(0).describe('less than 0 = back; 0 = only show'),
});

export function dominoClock(tools: DominoTools | null): Operation<z.infer<typeof args>, ServerTime> {
  return {
    name: 'domino-clock',
    summary: 'Shows the clock of an embedded Domino server, or moves it forward or back',
    role: 'operator',
    args,
    run: ({ server, advanceSeconds }) =>
      withTools(tools, ({ domain }) => domain.moveClock(server ?? null, advanceSeconds)),
  };
}

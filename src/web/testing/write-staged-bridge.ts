import { openStagedBridge } from './staged-bridge.ts';

/** The staged bridge for looking at by hand: `node src/web/testing/write-staged-bridge.ts`, until Ctrl-C. */
const staged = await openStagedBridge();
process.stdout.write(`${staged.url}/console/  mai.anh, chi.van, thu.ha, kim.oanh\n`);
process.once('SIGTERM', () => void staged.close());
process.once('SIGINT', () => void staged.close());

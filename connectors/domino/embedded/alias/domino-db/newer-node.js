'use strict';
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const path = require('node:path');
const { isMainThread } = require('node:worker_threads');

const MARK = 'EMBEDDED_DOMINO_RESTARTED';
const NEEDED = [22, 18];

/**
 * The embedded Domino needs Node 22.18 (its own SQLite, TypeScript as it is). On an older one the whole program is started again, once, with the
 * Node that the project brings along; its exit code is passed on. Throws where that cannot be done.
 */
exports.continueThere = () => {
  if (isNewEnough()) return;
  const program = process.argv[1];
  const node = path.join(__dirname, '../../../../..', 'node_modules/.bin', 'node');
  if (process.env[MARK] !== undefined || !isMainThread || program === undefined || !existsSync(node)) {
    throw new Error(
      `the embedded @domino/domino-db needs Node ${NEEDED.join('.')} or newer, this is ${process.versions.node}; run the program with ${node}`,
    );
  }
  process.stderr.write(
    `embedded @domino/domino-db: Node ${process.versions.node} is too old, starting again with ${node}\n`,
  );
  const { status, signal, error } = spawnSync(node, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, [MARK]: '1' },
  });
  if (error) throw error;
  if (signal) process.kill(process.pid, signal);
  process.exit(status === null ? 1 : status);
};

function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

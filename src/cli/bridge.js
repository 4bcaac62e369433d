// Plain JavaScript without dependencies: an older Node must be able to read it, to say that it is too old.
import process from 'node:process';

const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `This is Node.js ${process.versions.node}; the bridge needs 22.18 or newer.\n` +
      'The project brings its own along. Use it:\n' +
      '  npm run -s bridge -- COMMAND\n',
  );
  process.exitCode = 2;
} else {
  const { runFromShell } = await import('./run-from-shell.ts');
  await runFromShell({
    loadInProcess: async () => (await import('./in-process.ts')).createInProcessCaller,
    loadDoctor: async () => (await import('./in-process-doctor.ts')).lookAtMachine,
    loadRestServer: async () => (await import('./in-process-rest.ts')).startRestServer,
  });
}

import { type Command, InvalidArgumentError } from 'commander';
import { addLocalCommand, type Registrar } from '../add-command.ts';
import { parseCount } from '../parse-options.ts';
import { serveRest, type ServeRestOptions } from '../serve-rest.ts';

/** serve-rest: the embedded Domino for other people's clients. */
export function addDominoRest(domino: Command, registrar: Registrar): void {
  addLocalCommand<ServeRestOptions>(domino, registrar, {
    syntax: 'serve-rest',
    summary: "Serve HCL's Domino REST API from the embedded Domino",
    details:
      'Listens on this machine only, until Ctrl-C or SIGTERM. The bridge must not run on the same data directory meanwhile.\n' +
      'Without a schema, one is made from the notes that the database has now. docs/embedded-domino.md lists the switches.',
    options: (command) => {
      command
        .requiredOption('--port <P>', 'the port; 0 = any free one', parsePort)
        .option(
          '--scope <SCOPE...>',
          'NAME=DATABASE.nsf or NAME=DATABASE.nsf:SCHEMA.json: what is served under which name (default: every database)',
        )
        .option('--user <U>', 'who may log in', 'bridge')
        .option('--password-file <FILE>', 'file with the password (default: a new one, which is printed)')
        .option('--require-revision', 'schemas made from notes require a revision to update')
        .option('--switch <NAME=VALUE...>', 'switches that differ from the defaults');
    },
    examples: [
      'serve-rest --port 8880',
      'serve-rest --port 8880 --scope dangvien=dangvien.nsf --user "CN=Bridge/O=Tinh uy" --password-file mat-khau.txt',
      'serve-rest --port 0 --json --switch conflictStatus=409 queryFormula=present',
    ],
    exits: { 0: 'stopped' },
    run: (options) => serveRest(registrar.shell, options),
  });
}

function parsePort(text: string): number {
  const port = parseCount(text);
  if (port > 65_535) throw new InvalidArgumentError('A port is at most 65535.');
  return port;
}

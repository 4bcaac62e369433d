import { Command, CommanderError } from 'commander';
import { addGroup, type Registrar } from './add-command.ts';
import { addConfig } from './commands/config.ts';
import { addConflicts, addQuarantine } from './commands/conflicts.ts';
import { addAccounts } from './commands/accounts.ts';
import { addAudit } from './commands/audit.ts';
import { addDeciding } from './commands/deciding.ts';
import { addCompletion } from './commands/completion.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDominoAccess } from './commands/domino-access.ts';
import { addDominoAgents } from './commands/domino-agents.ts';
import { addDominoCopies } from './commands/domino-copies.ts';
import { addDominoDatabases } from './commands/domino-databases.ts';
import { addDominoDesign } from './commands/domino-design.ts';
import { addDominoHolding } from './commands/domino-holding.ts';
import { addDominoNotes } from './commands/domino-notes.ts';
import { addDominoReplicas } from './commands/domino-replicas.ts';
import { addDominoRest } from './commands/domino-rest.ts';
import { addDominoServer } from './commands/domino-server.ts';
import { addDominoServers } from './commands/domino-servers.ts';
import { addInstances } from './commands/instances.ts';
import { addMapping } from './commands/mapping.ts';
import { addJournal, addObserving, addReports } from './commands/observing.ts';
import { addSubject } from './commands/subject.ts';
import { addWebhooks } from './commands/webhooks.ts';
import { addSync } from './commands/sync.ts';
import { addVerify } from './commands/verify.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type Shell, TYPED } from './shell.ts';

/** Runs one command line and gives its exit code; never throws for what an operator can do wrong. */
export async function runBridge(shell: Shell): Promise<ExitCode> {
  let exit: ExitCode = EXIT.ok;
  const program = createProgram({
    shell,
    finish: (code) => {
      exit = code;
    },
  });
  try {
    await program.parseAsync([...shell.argv], { from: 'user' });
    return exit;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}

/** All commands; nothing runs yet. */
export function createProgram(registrar: Registrar): Command {
  const { shell } = registrar;
  const program = new Command('bridge')
    .description('Keeps Notes databases and the Party member handbook consistent.')
    .configureOutput({ writeOut: (text) => shell.writeOut(text), writeErr: (text) => shell.writeError(text) })
    .exitOverride()
    .showHelpAfterError('(see --help)')
    .addHelpText(
      'after',
      `\nType it as: ${TYPED} COMMAND\nEvery command explains itself: ${TYPED} COMMAND --help\n\n` +
        'While a bridge server runs on this data directory, commands work through it; otherwise they work by themselves.',
    );
  addSync(program, registrar);
  addVerify(program, registrar);
  addObserving(program, registrar);
  addReports(program, registrar);
  addDeciding(program, registrar);
  addAccounts(program, registrar);
  addAudit(program, registrar);
  addSubject(program, registrar);
  addWebhooks(program, registrar);
  addConflicts(program, registrar);
  addQuarantine(program, registrar);
  addInstances(program, registrar);
  addJournal(program, registrar);
  addConfig(program, registrar);
  addMapping(program, registrar);
  addDoctor(program, registrar);
  addCompletion(program, registrar);
  const domino = addGroup(program, 'domino', 'The embedded Domino: databases, notes, DXL, faults', 'list');
  addDominoDatabases(domino, registrar);
  addDominoNotes(domino, registrar);
  addDominoServers(domino, registrar);
  addDominoReplicas(domino, registrar);
  addDominoAccess(domino, registrar);
  addDominoCopies(domino, registrar);
  addDominoDesign(domino, registrar);
  addDominoAgents(domino, registrar);
  addDominoHolding(domino, registrar);
  addDominoServer(domino, registrar);
  addDominoRest(domino, registrar);
  return program;
}

import { Command } from 'commander';
import { EXIT_MEANINGS, type ExitCode } from './exit-codes.ts';
import type { OperationRequest } from './operation-request.ts';
import { type CommonOptions, runRequest } from './run-request.ts';
import type { Shell } from './shell.ts';
import { watchRequest } from './watch-request.ts';

export interface CommandSpec<Options extends object> {
  /** Name and arguments in commander's notation: `show <UNID>`. */
  readonly syntax: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Paragraphs for the command's own help. */
  readonly details?: string;
  /** Without the program's name. */
  readonly examples: readonly [string, ...string[]];
  /** What an exit code means here, where more can be said than `EXIT_MEANINGS` says. */
  readonly exits?: Partial<Record<ExitCode, string>>;
  /** Runs when its group is called without a command. */
  readonly isDefault?: boolean;
  readonly options?: (command: Command) => void;
  /** Arguments come in the order of `syntax`; a variadic one is a list. */
  readonly ask: (options: Options, args: readonly unknown[]) => OperationRequest;
  /** Seconds after which the command asks again, until Ctrl-C; null = it asks once. */
  readonly every?: (options: Options) => number | null;
}

/** A command that runs in this process alone, whatever server has the bridge. */
export interface LocalCommandSpec<Options extends object>
  extends Omit<CommandSpec<Options>, 'ask' | 'every'> {
  readonly run: (options: Options, args: readonly unknown[]) => Promise<ExitCode>;
}

export interface Registrar {
  readonly shell: Shell;
  readonly finish: (exit: ExitCode) => void;
}

/** Adds a command that asks for one operation, with the options, examples and exit codes that every command has. */
export function addCommand<Options extends object>(
  parent: Command,
  { shell, finish }: Registrar,
  spec: CommandSpec<Options>,
): void {
  const command = newCommand(parent, spec);
  command
    .option('--server <URL>', 'ask this server instead of the bridge on this machine')
    .option(
      '--token-file <FILE>',
      "file with the API token for --server; the operator's, readable by nobody else",
    )
    .action(async () => {
      const options = command.opts<Options & CommonOptions>();
      const seconds = spec.every?.(options) ?? null;
      const ask = () => spec.ask(options, command.processedArgs);
      finish(
        seconds === null
          ? await runRequest(shell, options, ask)
          : await watchRequest(shell, options, ask(), seconds),
      );
    });
}

/** Adds a command that does its work itself. */
export function addLocalCommand<Options extends object>(
  parent: Command,
  { finish }: Registrar,
  spec: LocalCommandSpec<Options>,
): void {
  const command = newCommand(parent, spec);
  command.action(async () => finish(await spec.run(command.opts<Options>(), command.processedArgs)));
}

function newCommand(parent: Command, spec: Omit<CommandSpec<object>, 'ask' | 'every'>): Command {
  const command = parent.command(spec.syntax, { isDefault: spec.isDefault ?? false }).summary(spec.summary);
  command.description(spec.details === undefined ? spec.summary : `${spec.summary}\n\n${spec.details}`);
  spec.options?.(command);
  return command
    .option('--json', 'print the result (or the error) as JSON on standard output')
    .option(
      '--config <FILE>',
      'settings file (default: $BRIDGE_CONFIG, or the one that comes with the bridge)',
    )
    .option('--data-dir <DIR>', "the bridge's data directory (default: the settings say)")
    .addHelpText('after', `\n${examplesOf(parent, spec.examples)}\n${exitsOf(spec.exits ?? {})}`);
}

/** Adds a word that has commands of its own: `conflicts list`. */
export function addGroup(parent: Command, name: string, description: string, example: string): Command {
  const group = parent.command(name).description(description);
  return group.addHelpText('after', () => `\n${examplesOf(group, [example])}\n${exitsOf({})}`);
}

function examplesOf(parent: Command, examples: readonly string[]): string {
  return `Examples:\n${examples.map((example) => `  ${pathOf(parent)} ${example}\n`).join('')}`;
}

/** `bridge domino fault`. */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function exitsOf(special: Partial<Record<ExitCode, string>>): string {
  const meanings = Object.entries({ ...EXIT_MEANINGS, ...special });
  return `Exit codes:\n${meanings.map(([code, meaning]) => `  ${code.padEnd(4)}${meaning}`).join('\n')}`;
}

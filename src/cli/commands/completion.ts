import { Argument, type Command } from 'commander';
import { addLocalCommand, type Registrar } from '../add-command.ts';
import { completionScript } from '../completion-script.ts';
import { EXIT } from '../exit-codes.ts';

export function addCompletion(parent: Command, registrar: Registrar): void {
  addLocalCommand<object>(parent, registrar, {
    syntax: 'completion',
    summary: 'Print a script that completes commands and options in a shell',
    details:
      'Reads for a command called bridge. From a checkout, make one first: bridge() { npm --prefix /opt/bridge run -s bridge -- "$@"; }',
    options: (command) => {
      command.addArgument(new Argument('<SHELL>', 'the shell').choices(['bash', 'zsh']));
    },
    examples: ['completion bash > /etc/bash_completion.d/bridge', 'completion zsh'],
    run: (_options, [shell]) => {
      registrar.shell.writeOut(completionScript(shell === 'zsh' ? 'zsh' : 'bash', parent));
      return Promise.resolve(EXIT.ok);
    },
  });
}

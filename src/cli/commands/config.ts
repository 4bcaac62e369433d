import { type Command, Option } from 'commander';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { EXIT } from '../exit-codes.ts';
import { exitUnlessOk } from '../operation-request.ts';
import { showConfig } from '../show-config.ts';

export function addConfig(root: Command, registrar: Registrar): void {
  const config = addGroup(root, 'config', 'The configuration and the mappings', 'check --lang en');
  addCommand<{ readonly link?: string; readonly lang?: string }>(config, registrar, {
    syntax: 'check',
    summary: 'Check configuration and mappings, and explain them',
    options: (command) => {
      command
        .option('--link <LINK>', 'only this link (default: all)')
        .addOption(
          new Option('--lang <LANG>', 'language of the explanation (default: en)').choices(['vi', 'en']),
        );
    },
    examples: ['check', 'check --link dang-vien --lang en'],
    exits: { 0: 'it can be used', 2: 'there are problems; each says what to do' },
    ask: ({ link, lang }) => ({
      operation: 'config-check',
      args: { link, lang },
      show: showConfig,
      exitOf: exitUnlessOk(EXIT.usage),
    }),
  });
}

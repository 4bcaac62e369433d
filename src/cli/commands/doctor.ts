import type { Command } from 'commander';
import { addLocalCommand, type Registrar } from '../add-command.ts';
import { type DoctorOptions, runDoctor } from '../run-doctor.ts';

export function addDoctor(parent: Command, registrar: Registrar): void {
  addLocalCommand<DoctorOptions>(parent, registrar, {
    syntax: 'doctor',
    summary: 'Look at everything the bridge needs, and say what to do',
    details:
      'Databases, Redis, Domino links, clocks, disk, certificates, versions, migrations, and mappings that do not fit. Writes nothing. Works while the bridge does not.',
    options: (command) => {
      command
        .option('--link <LINK>', 'of the links, only this one')
        .option('--local', 'look at this machine only, ask no bridge')
        .option('--server <URL>', 'ask this server instead of looking at this machine')
        .option('--token-file <FILE>', 'file with the API token for --server');
    },
    examples: ['doctor', 'doctor --local --json', 'doctor --link dang-vien'],
    exits: { 0: 'nothing is wrong; there may be warnings', 1: 'there are problems' },
    run: (options) => runDoctor(registrar.shell, options),
  });
}

import type { Command } from 'commander';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { parseReason } from '../parse-options.ts';

/** `subject export`, `subject erase`: one member's own rights. */
export function addSubject(root: Command, registrar: Registrar): void {
  const subject = addGroup(
    root,
    'subject',
    "One member's data in the handbook",
    'export DV-1-0000001 --reason "Đơn số 12" --json',
  );
  const reasoned = (command: Command) =>
    command.requiredOption('--reason <TEXT>', 'why; kept with your name', parseReason);
  addCommand<{ readonly reason: string }>(subject, registrar, {
    syntax: 'export <KEY>',
    summary: 'Give out all that the handbook holds about a member',
    details: 'Shows values: with --json into a file that nobody else can read.',
    options: reasoned,
    examples: ['export DV-1-0000001 --reason "Đơn số 12" --json'],
    ask: ({ reason }, [member]) => ({ operation: 'subject-export', args: { member, reason } }),
  });
  addCommand<{ readonly reason: string; readonly approve?: string }>(subject, registrar, {
    syntax: 'erase <KEY>',
    summary: "Erase what the handbook alone keeps of a member's content; a first call only says what",
    details:
      'Former values, values in answers to mutations, and sealed words. Records that Notes holds go when they are deleted or lose their release there.',
    options: (command) => {
      reasoned(command).option('--approve <CODE>', 'do it: the code that the first call gave');
    },
    examples: [
      'erase DV-1-0000001 --reason "Đơn số 12"',
      'erase DV-1-0000001 --reason "Đơn số 12" --approve 3f0a9c1d22ee',
    ],
    ask: ({ reason, approve }, [member]) => ({
      operation: 'subject-erase',
      args: { member, reason, approve },
    }),
  });
}

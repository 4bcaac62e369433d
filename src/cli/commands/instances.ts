import { type Command, Option } from 'commander';
import { z } from 'zod';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { readAnswer } from '../operation-request.ts';
import { parseReason } from '../parse-options.ts';
import { renderTable } from '../table.ts';

const answer = z.object({
  links: z.array(
    z.object({
      link: z.string(),
      suspect: z.string().nullable(),
      restoreDetection: z.string(),
      instances: z.array(
        z.object({
          instance: z.string(),
          active: z.boolean(),
          generation: z.number(),
          markedAt: z.string().nullable(),
        }),
      ),
    }),
  ),
});

/** The files behind each link: look, switch, release. */
export function addInstances(root: Command, registrar: Registrar): void {
  const group = addGroup(root, 'instance', 'The files that each link works with, and their marks', 'list');
  addCommand<{ readonly link?: string }>(group, registrar, {
    syntax: 'list',
    summary: 'List the files of each link, the active one, and why a link is suspect',
    isDefault: true,
    options: (command) => {
      command.option('--link <LINK>', 'only this link (default: all)');
    },
    examples: ['list', 'list --link dang-vien --json'],
    ask: ({ link }) => ({ operation: 'instances-list', args: { link }, show }),
  });
  addCommand<{ readonly link: string; readonly to: string; readonly force?: true; readonly reason: string }>(
    group,
    registrar,
    {
      syntax: 'switch',
      summary: 'Send a link to another of its files',
      details:
        'The file that it leaves is marked first; the link waits until that mark has reached the next file by replication.',
      options: (command) => {
        command
          .requiredOption('--link <LINK>', 'the link that is meant')
          .requiredOption('--to <INSTANCE>', 'the file, as "instance list" names it')
          .option('--force', 'do not ask the server that is left: it is down')
          .requiredOption('--reason <TEXT>', 'why; kept in the journal with your name', parseReason);
      },
      examples: [
        'switch --link dang-vien --to "domino02.example.vn:3002!!party/dangvien.nsf" --reason "Bảo trì máy chủ 1"',
      ],
      ask: ({ link, to, force, reason }) => ({
        operation: 'instance-switch',
        args: { link, to, force, reason },
      }),
    },
  );
  addCommand<{ readonly link: string; readonly was: string; readonly reason: string }>(group, registrar, {
    syntax: 'release',
    summary: 'Let a link go on whose file or store seems to have been restored or replaced',
    details:
      'restored: a side is older than it was; equal values are adopted, different ones become conflicts, nothing is deleted. same: nobody restored anything, only the mark was touched.',
    options: (command) => {
      command
        .requiredOption('--link <LINK>', 'the link that is meant')
        .addOption(
          new Option('--was <WHAT>', 'what happened').choices(['restored', 'same']).makeOptionMandatory(),
        )
        .requiredOption('--reason <TEXT>', 'why; kept in the journal with your name', parseReason);
    },
    examples: ['release --link dang-vien --was restored --reason "Đã phục hồi từ bản sao lưu ngày 20/11"'],
    ask: ({ link, was, reason }) => ({ operation: 'instance-release', args: { link, was, reason } }),
  });
}

function show(result: unknown): string {
  const { links } = readAnswer(answer, result);
  const rows = links.flatMap((link) => link.instances.map((one) => ({ ...one, link: link.link })));
  const table = renderTable(
    [
      { title: 'link', text: (row: (typeof rows)[number]) => row.link },
      { title: 'file', text: (row) => row.instance },
      { title: 'active', text: (row) => (row.active ? 'yes' : '') },
      { title: 'generation', alignRight: true, text: (row) => String(row.generation) },
      { title: 'marked', text: (row) => row.markedAt ?? 'never' },
    ],
    rows,
  );
  const notes = links.flatMap((link) => [
    ...(link.suspect === null ? [] : [`${link.link} waits for a person: ${link.suspect}\n`]),
    ...(link.restoreDetection === 'none'
      ? [`${link.link} may not mark its file: a restored or replaced one is not noticed\n`]
      : []),
  ]);
  return notes.length === 0 ? table : `${table}\n${notes.join('')}`;
}

import { z } from 'zod';
import type { Erasable, SubjectExport, Subjects } from '../../connectors/handbook/subjects-port.ts';
import { OperationError, type Operation } from './operation.ts';

const exportArgs = z.strictObject({ member: z.string().min(1).max(200), reason: z.string().trim().min(1) });
const eraseArgs = exportArgs.extend({ approve: z.string().max(100).optional() });

export function subjectExport(subjects: Subjects): Operation<z.infer<typeof exportArgs>, SubjectExport> {
  return {
    name: 'subject-export',
    summary:
      'All that the handbook holds about one member: records, history, mutations, who read them; journalled',
    role: 'operator',
    args: exportArgs,
    async run({ member, reason }, { by }) {
      return (await subjects.export({ memberKey: member, by, reason })) ?? unknown(member);
    },
  };
}

export function subjectErase(
  subjects: Subjects,
): Operation<z.infer<typeof eraseArgs>, Erasable & { readonly done: boolean }> {
  return {
    name: 'subject-erase',
    summary:
      "Erases what the handbook alone keeps of one member's content; without `approve` it only says what, and what stays with Notes",
    role: 'operator',
    args: eraseArgs,
    async run({ member, reason, approve }, { by }) {
      if (approve === undefined) {
        const found = await subjects.erasable(member);
        return found === null ? unknown(member) : { ...found, done: false };
      }
      const erased = await subjects.erase({ memberKey: member, by, reason }, approve);
      if (erased === 'changed') {
        throw new OperationError(
          'refused',
          'There is other content now than the preview said: ask again without approve, and give the new code',
        );
      }
      return erased === null ? unknown(member) : { ...erased, done: true };
    },
  };
}

function unknown(member: string): never {
  throw new OperationError('not-found', `No record of the handbook is, or was, that of member "${member}"`);
}

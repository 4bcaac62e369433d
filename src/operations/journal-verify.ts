import type { z } from 'zod';
import type { Bridge, JournalCheck } from './bridge.ts';
import { chooseLinks, linkArgs } from './choose-links.ts';
import type { Operation } from './operation.ts';

export function journalVerify(
  bridge: Bridge,
): Operation<z.infer<typeof linkArgs>, { readonly ok: boolean; readonly links: readonly JournalCheck[] }> {
  return {
    name: 'journal-verify',
    summary: 'Recomputes the hash chain of the journal',
    role: 'auditor',
    args: linkArgs,
    async run(given, context) {
      const links: JournalCheck[] = [];
      for (const link of chooseLinks(bridge, given.link)) {
        links.push(
          await bridge.verifyJournal(link.id, (done) =>
            context.progress({ phase: `${link.id} journal`, done, estimated: null }),
          ),
        );
      }
      return { ok: links.every((check) => check.ok), links };
    },
  };
}

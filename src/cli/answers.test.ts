import { expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { auditList } from '../operations/audit-list.ts';
import type { configCheck } from '../operations/config-check.ts';
import type { conflictsList } from '../operations/conflicts.ts';
import type { journalVerify } from '../operations/journal-verify.ts';
import type { preview } from '../operations/preview.ts';
import type { quarantineList } from '../operations/quarantine.ts';
import type { status } from '../operations/status.ts';
import type { syncOnce } from '../operations/sync-once.ts';
import type { verify } from '../operations/verify.ts';
import type { syncAnswer } from './commands/sync.ts';
import type { verifyAnswer } from './commands/verify.ts';
import type { checkAnswer } from './operation-request.ts';
import type { conflictsAnswer, quarantineAnswer } from './show-cases.ts';
import type { configAnswer } from './show-config.ts';
import type { readsAnswer } from './show-reads.ts';
import type { previewAnswer } from './show-preview.ts';
import type { statusAnswer } from './show-status.ts';

type AnswerOf<Make extends (...bridge: never[]) => unknown> =
  ReturnType<Make> extends { run(...given: never[]): Promise<infer Answer> } ? Answer : never;
type Loose<T> = T extends readonly (infer One)[]
  ? readonly Loose<One>[]
  : T extends object
    ? { readonly [Key in keyof T]: Loose<T[Key]> }
    : T;
type Readable<Schema extends z.ZodType> = Loose<z.input<Schema>>;

// The compiler checks it (`npm run types`): what an operation answers is what the command line can read.
it('reads what the operations answer', () => {
  expectTypeOf<AnswerOf<typeof syncOnce>>().toExtend<Readable<typeof syncAnswer>>();
  expectTypeOf<AnswerOf<typeof verify>>().toExtend<Readable<typeof verifyAnswer>>();
  expectTypeOf<AnswerOf<typeof status>>().toExtend<Readable<typeof statusAnswer>>();
  expectTypeOf<AnswerOf<typeof preview>>().toExtend<Readable<typeof previewAnswer>>();
  expectTypeOf<AnswerOf<typeof conflictsList>>().toExtend<Readable<typeof conflictsAnswer>>();
  expectTypeOf<AnswerOf<typeof quarantineList>>().toExtend<Readable<typeof quarantineAnswer>>();
  expectTypeOf<AnswerOf<typeof auditList>>().toExtend<Readable<typeof readsAnswer>>();
  expectTypeOf<AnswerOf<typeof configCheck>>().toExtend<Readable<typeof configAnswer>>();
  expectTypeOf<AnswerOf<typeof journalVerify>>().toExtend<{
    readonly ok: z.input<typeof checkAnswer>['ok'];
  }>();
});

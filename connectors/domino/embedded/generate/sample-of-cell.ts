import { cityOfCell } from './city-of-cell.ts';
import { documentNote } from './document-note.ts';
import { memberNote } from './member-note.ts';
import { type Organisation, organisationNote, organisationsOfCell } from './organisations.ts';
import { type Release, releaseOf } from './release-items.ts';
import type { SampleContext } from './sample-context.ts';
import { codeOf, FLAW_EVERY, isFlawed } from './sample-codes.ts';
import type { SampleNote, SampleState } from './sample-report.ts';
import { assignmentNote, taskNote } from './task-notes.ts';

export interface CellPlan {
  /** 0, 1, … */
  readonly cell: number;
  /** Number of the first member. */
  readonly first: number;
  readonly members: number;
  readonly seed: number;
  readonly flaws: boolean;
  /** Everything that a city has, with so many meetings of the year in each cell; null = the sample alone. */
  readonly city: { readonly meetings: number } | null;
  readonly context: SampleContext;
}

const TASKS_PER_CELL = 2;
/** In a city, one member in so many has a second note with the same key, and one in so many is written in an ABC font. */
const DUPLICATE_EVERY = 199;
const ABC_EVERY = 41;

/** All notes that come into being with one cell: its organisations, a document, members, tasks and each member's part in one task. */
export function* sampleOfCell(plan: CellPlan): Generator<SampleNote & { readonly abcFont?: boolean }> {
  const { context } = plan;
  const organisations = organisationsOfCell(plan.cell);
  const cell = organisations.at(-1) as Organisation;
  for (const organisation of organisations) {
    const note = organisationNote(organisation, context);
    yield { database: 'members', form: 'ToChucDang', state: 'released', note };
  }
  yield document(plan, cell);
  const memberCodes: string[] = [];
  for (let index = 0; index < plan.members; index++) {
    const number = plan.first + index;
    const recordCode = codeOf('DV', plan.seed, number);
    const release = releaseOf(number);
    const flawed = plan.flaws && isFlawed(number, release);
    const flaw = flawed ? Math.floor(number / FLAW_EVERY) : null;
    const abcFont = plan.city !== null && number % ABC_EVERY === 1;
    const member = { number, recordCode, cellCode: cell.code, release, flaw, abcFont };
    const note = memberNote(member, context);
    memberCodes.push(recordCode);
    yield { database: 'members', form: 'DangVien', state: flawed ? 'broken' : release, ...note };
    if (plan.city !== null && number % DUPLICATE_EVERY === 100 && release === 'released' && !flawed)
      yield { database: 'members', form: 'DangVien', state: 'duplicate', ...memberNote(member, context) };
  }
  for (let index = 0; index < TASKS_PER_CELL; index++) {
    yield* task(
      plan,
      cell,
      index,
      memberCodes.flatMap((code, member) => (member % TASKS_PER_CELL === index ? [{ code, member }] : [])),
    );
  }
  if (plan.city === null) return;
  yield* cityOfCell({
    number: plan.cell,
    code: cell.code,
    seed: plan.seed,
    members: memberCodes.map((code, place) => ({ number: plan.first + place, code })),
    meetings: plan.city.meetings,
    context,
  });
}

function document(plan: CellPlan, cell: Organisation): SampleNote {
  const number = plan.cell;
  const release = releaseOf(number);
  const flawed = plan.flaws && isFlawed(number, release);
  const scope = cell.parent === null ? [cell.code] : [cell.code, cell.parent];
  const recordCode = codeOf('VB', plan.seed, number);
  const note = documentNote({ number, recordCode, organisation: cell, scope, release, flawed }, plan.context);
  return { database: 'work', form: 'VanBan', state: flawed ? 'broken' : release, note };
}

function* task(
  plan: CellPlan,
  cell: Organisation,
  index: number,
  assignees: readonly { readonly code: string; readonly member: number }[],
): Generator<SampleNote> {
  const { context, seed } = plan;
  const taskNumber = plan.cell * TASKS_PER_CELL + index;
  const taskCode = codeOf('NV', seed, taskNumber);
  const taskRelease = releaseOf(taskNumber);
  const taskFlawed = plan.flaws && isFlawed(taskNumber, taskRelease);
  const { task: note, due } = taskNote(
    { taskCode, cellCode: cell.code, release: taskRelease, flawed: taskFlawed },
    context,
  );
  yield { database: 'work', form: 'NhiemVu', state: taskFlawed ? 'broken' : taskRelease, note };
  for (const { code, member } of assignees) {
    const number = plan.first + member;
    // Another rhythm than the members', so that not the same people are always withheld.
    const release = releaseOf(number + 7);
    const flawed = plan.flaws && isFlawed(number + 3, release);
    const assignment = assignmentNote(
      {
        recordCode: codeOf('PC', seed, number),
        taskCode,
        taskUnid: note.unid,
        memberCode: code,
        cellCode: cell.code,
        due,
        release,
        flawed,
      },
      context,
    );
    const state = assignmentState(release, flawed, taskRelease === 'released' && !taskFlawed);
    yield { database: 'work', form: 'NhiemVuDangVien', state, note: assignment };
  }
}

function assignmentState(release: Release, flawed: boolean, taskReleased: boolean): SampleState {
  if (release !== 'released') return release;
  if (!taskReleased) return 'childOfUnreleased';
  return flawed ? 'broken' : 'released';
}

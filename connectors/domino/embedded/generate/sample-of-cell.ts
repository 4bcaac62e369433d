import type { StoredNote } from '../stored-note.ts';
import { documentNote } from './document-note.ts';
import { padded } from './draw.ts';
import { memberNote } from './member-note.ts';
import { type Organisation, organisationNote, organisationsOfCell } from './organisations.ts';
import { type Release, releaseOf } from './release-items.ts';
import type { SampleContext } from './sample-context.ts';
import type { SampleForm, SampleState } from './sample-report.ts';
import { assignmentNote, taskNote } from './task-notes.ts';

export interface CellPlan {
  /** 0, 1, … */
  readonly cell: number;
  /** Number of the first member. */
  readonly first: number;
  readonly members: number;
  readonly seed: number;
  readonly flaws: boolean;
  readonly context: SampleContext;
}

export interface SampleNote {
  readonly database: 'members' | 'work';
  readonly form: SampleForm;
  readonly state: SampleState;
  readonly note: StoredNote;
}

const TASKS_PER_CELL = 2;
/** Of the released notes that could be flawed, one in so many is, where flaws are wanted. */
const FLAW_EVERY = 13;

/** All notes that come into being with one cell: its organisations, a document, members, tasks and each member's part in one task. */
export function* sampleOfCell(plan: CellPlan): Generator<SampleNote> {
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
    const flawed = isFlawed(plan, number, release);
    const flaw = flawed ? Math.floor(number / FLAW_EVERY) : null;
    const note = memberNote({ number, recordCode, cellCode: cell.code, release, flaw }, context);
    memberCodes.push(recordCode);
    yield { database: 'members', form: 'DangVien', state: flawed ? 'broken' : release, note };
  }
  for (let index = 0; index < TASKS_PER_CELL; index++) {
    yield* task(
      plan,
      cell,
      index,
      memberCodes.flatMap((code, member) => (member % TASKS_PER_CELL === index ? [{ code, member }] : [])),
    );
  }
}

function document(plan: CellPlan, cell: Organisation): SampleNote {
  const number = plan.cell;
  const release = releaseOf(number);
  const flawed = isFlawed(plan, number, release);
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
  const taskFlawed = isFlawed(plan, taskNumber, taskRelease);
  const { task: note, due } = taskNote(
    { taskCode, cellCode: cell.code, release: taskRelease, flawed: taskFlawed },
    context,
  );
  yield { database: 'work', form: 'NhiemVu', state: taskFlawed ? 'broken' : taskRelease, note };
  for (const { code, member } of assignees) {
    const number = plan.first + member;
    // Another rhythm than the members', so that not the same people are always withheld.
    const release = releaseOf(number + 7);
    const flawed = isFlawed(plan, number + 3, release);
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

function isFlawed(plan: CellPlan, number: number, release: Release): boolean {
  return plan.flaws && release === 'released' && number % FLAW_EVERY === 4;
}

/** A business key: unique within its form, also among samples of other seeds. */
function codeOf(kind: string, seed: number, number: number): string {
  return `${kind}-${seed.toString(36).toUpperCase()}-${padded(number, 7)}`;
}

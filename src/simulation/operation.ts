/** One thing that happens in a history. Numbers are drawn beforehand and mean what fits when it happens, so that a history stays one when parts are taken out. */
export interface SimOperation {
  readonly kind: OperationKind;
  /** Steps that the passes under way take before it happens. */
  readonly gap: number;
  /** Milliseconds that go by before it happens. */
  readonly ms: number;
  readonly draws: readonly [number, number, number, number];
}

const WEIGHTS = {
  'notes-create': 6,
  'notes-edit': 16,
  'notes-edit-two': 4,
  'notes-race': 5,
  'notes-save-twice': 3,
  'notes-clear': 2,
  'notes-delete': 4,
  'notes-undelete': 2,
  'notes-hide': 5,
  'notes-show': 3,
  'notes-classify': 5,
  'notes-declassify': 5,
  'notes-unmark': 3,
  'notes-mark': 5,
  'notes-copy': 2,
  'notes-agent-stamps-all': 1,
  'notes-unmapped-edit': 2,
  'notes-spoil': 1,
  'notes-repair': 2,
  'notes-other-form': 1,
  'notes-move-child': 2,
  'notes-restore-old': 1,
  'member-edit': 14,
  'member-edit-offline': 8,
  'member-look': 6,
  'member-resend': 3,
  'member-create': 5,
  'member-delete': 6,
  'pass-pull': 12,
  'pass-push': 12,
  'pass-sweep': 7,
  crash: 5,
  fault: 15,
  time: 4,
  'domino-clock': 2,
  'operator-pause': 2,
  'operator-resume': 2,
  'operator-resolve': 4,
  'operator-release': 3,
  'operator-confirm-deleted': 2,
  'operator-retry': 2,
} as const;

export type OperationKind = keyof typeof WEIGHTS;

/** What one kind of people can do. */
export type KindOf<Who extends string> = Extract<OperationKind, `${Who}-${string}`>;

export const OPERATION_KINDS = Object.keys(WEIGHTS) as readonly OperationKind[];

const TOTAL = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0);

/** Draws a history: a few documents first, then whatever comes. */
export function drawOperations(random: () => number, length: number): readonly SimOperation[] {
  const operations: SimOperation[] = [];
  for (const kind of ['notes-create', 'notes-create', 'notes-create', 'pass-pull'] as const)
    operations.push(operation(kind, random, 0));
  while (operations.length < length) operations.push(operation(drawKind(random), random, drawGap(random)));
  return operations;
}

function operation(kind: OperationKind, random: () => number, gap: number): SimOperation {
  const draw = () => Math.floor(random() * 0x1_0000_0000);
  const ms = random() < 0.3 ? 0 : Math.floor(random() * 3000);
  return { kind, gap, ms, draws: [draw(), draw(), draw(), draw()] };
}

function drawKind(random: () => number): OperationKind {
  let left = random() * TOTAL;
  for (const kind of OPERATION_KINDS) {
    left -= WEIGHTS[kind];
    if (left < 0) return kind;
  }
  return 'pass-pull';
}

function drawGap(random: () => number): number {
  const luck = random();
  if (luck < 0.35) return 0;
  if (luck < 0.75) return 1 + Math.floor(random() * 8);
  return 8 + Math.floor(random() * 60);
}

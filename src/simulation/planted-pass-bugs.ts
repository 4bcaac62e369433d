import { bug, PASSES, type PlantedBug, SYNC } from './planted-bug.ts';

/** In what the passes see, do and remember. */
export const PLANTED_PASS_BUGS: readonly PlantedBug[] = [
  bug(
    'the checkpoint is saved before what was seen',
    800,
    `${PASSES}/gather-notes.ts`,
    '    const observed = await observeNotes(deps, run, reached.readings',
    `    checkpoint = reach(group, checkpoint, -600, deps.clock.now()).checkpoint;
    unsaved += 1;
    await save();
    const observed = await observeNotes(deps, run, reached.readings`,
  ),
  bug(
    'a note that is not found counts as deleted',
    60,
    `${PASSES}/note-not-seen.ts`,
    "gone ? 'gone' : 'missing'",
    "'gone'",
  ),
  bug(
    'what a policy overrules is not kept',
    60,
    `${PASSES}/conflict-rows.ts`,
    'return entry.plan.conflicts.map((draft) => ({',
    'return entry.plan.conflicts.slice(0, 0).map((draft) => ({',
  ),
  bug(
    'the loser is kept only after it was overwritten',
    4000,
    `${PASSES}/process-batch.ts`,
    '  await keepLosers(deps, run, runnable);\n',
    '',
  ),
  bug(
    'the base is what was read back',
    600,
    `${PASSES}/after-notes.ts`,
    'const confirmed = Object.fromEntries(',
    'const confirmed = true ? fields : Object.fromEntries(',
  ),
  bug(
    'a create is not looked for before it is tried again',
    300,
    `${PASSES}/find-created.ts`,
    'const unids = (await look(run, pair)) ?? (await look(run, pair)) ?? [];',
    'const unids: string[] = [];',
  ),
  bug(
    'a copy is bound like a note of ours',
    800,
    `${PASSES}/find-created.ts`,
    'if (unids.length > 1 || taken) ambiguous.add(pair.id);',
    'if (unids.length > 1) ambiguous.add(pair.id);',
  ),
  bug(
    'content is asked for together with the marks',
    20,
    `${PASSES}/gate-reading.ts`,
    'mappings.flatMap((mapping) => gateItems(mapping))',
    'mappings.flatMap((mapping) => [...gateItems(mapping), ...mapping.fields.map((field) => field.item)])',
  ),
  bug(
    'a child does not ask for its parent',
    60,
    `${PASSES}/gate-reading.ts`,
    "if (verdict.sight !== 'released' || !mapping.gate.parent) return verdict;",
    'if (1 + 1 === 2) return verdict;',
  ),
  bug(
    'a withdrawal leaves our own memory of the content',
    60,
    `${PASSES}/withdraw.ts`,
    'await tx.eraseContent(done.map((entry) => entry.pair.id));',
    '',
  ),
  bug(
    'a withdrawal overlooks what a member writes meanwhile',
    4000,
    `${PASSES}/withdraw.ts`,
    '      ifUnchanged,\n    })),',
    '    })),',
  ),
  bug(
    'what was sealed overwrites what Notes people wrote',
    1500,
    `${PASSES}/record-pair.ts`,
    'keepOverlaid(deps, run, entry, laidOver, into, at);',
    '',
  ),
  bug(
    'a withheld note of a member’s record is forgotten',
    1500,
    `${PASSES}/note-seen.ts`,
    "return pair.status === 'new' && pair.bornIn === 'notes' && pair.handbookSight === 'absent';",
    "return pair.status === 'new';",
  ),
  bug(
    'the brake counts what was seen alone',
    1500,
    `${PASSES}/guard-effects.ts`,
    'const full = lanes.filter((lane) => (left.get(lane) ?? 1) < 1);',
    'const full: Lane[] = [];',
  ),
  bug(
    'half of a union is written while the other waits',
    3000,
    `${PASSES}/guard-effects.ts`,
    "return handbook?.kind !== 'put' || Object",
    "return handbook?.kind === 'put' || Object",
  ),
  bug(
    'the sweep looks at nothing',
    60,
    `${PASSES}/sweep.ts`,
    'if (pairs.length === 0) break;',
    'if (pairs.length >= 0) break;',
  ),
  bug(
    'the handbook’s cursor moves before its changes are known',
    600,
    `${PASSES}/gather-handbook.ts`,
    'fresh += mine.length === 0 ? 0 : await observeRecords(deps, run, mine, restored);',
    `if (mine.length > 0) {
      const early = await run.fence();
      await deps.store.transaction(early, (tx) => tx.patchLink(link.id, { handbookCursor: page.cursor }));
    }
    fresh += mine.length === 0 ? 0 : await observeRecords(deps, run, mine, restored);`,
  ),
  bug(
    'a record that moved counts as written',
    400,
    `${PASSES}/record-pair.ts`,
    "  if (handbook && handbook.outcome.kind !== 'applied') {",
    "  if (handbook && handbook.outcome.kind === 'duplicate-key') {",
  ),
  bug(
    'a question is told again and again',
    1500,
    `${PASSES}/conflict-rows.ts`,
    'if (entry.frozen.get(row.field)?.dedupe === row.dedupe) continue;',
    '',
  ),
  {
    name: 'a tombstone is no obstacle',
    within: 400,
    patches: [
      { file: `${SYNC}/plan.ts`, find: "if (input.pair.status === 'tombstone') {", replace: 'if (false) {' },
      {
        file: `${PASSES}/note-seen.ts`,
        find: "if (pair.status === 'tombstone') {\n    seenUnder",
        replace: 'if (false) {\n    seenUnder',
      },
      {
        file: `${PASSES}/look.ts`,
        find: "pair.unid !== null && pair.status !== 'tombstone');",
        replace: 'pair.unid !== null);',
      },
    ],
  },
  {
    name: 'the fence is forgotten and rows are written whatever their version',
    within: 1500,
    patches: [
      {
        file: 'connectors/postgres/memory/memory-sync-store.ts',
        find: 'lease.expiresAt > nowMs()) return;',
        replace: 'true) return;\n    if (1 + 1 === 2) return;',
      },
      {
        file: 'connectors/postgres/memory/memory-pairs.ts',
        find: 'pair === undefined || pair.version !== patch.version || bound',
        replace: 'pair === undefined || bound',
      },
    ],
  },
];

import type { Moment } from './trigger.ts';

export type ServerName = 'inside' | 'outside' | 'redis' | 'domino';
export type Pass = 'pull' | 'push' | 'sweep';

/** One step of a pass, known by what passes on the wire to the server that does it. */
export interface Step {
  readonly pass: Pass;
  readonly name: string;
  readonly on: ServerName;
  readonly marker: string;
  readonly moments: readonly Moment[];
}

const READ: readonly Moment[] = ['done'];
const CALL: readonly Moment[] = ['asked', 'done'];
const ROWS: readonly Moment[] = ['done', 'committed'];

const QUERY = 'POST /api/v1/query';
const BULK = 'POST /api/v1/bulk/unid';

/** Every step that leaves something behind, in the order in which a pass takes them, and the reads between them. */
export const STEPS: readonly Step[] = [
  { pass: 'pull', name: 'lease taken', on: 'inside', marker: 'insert into bridge.lease', moments: READ },
  { pass: 'pull', name: 'slice asked', on: 'domino', marker: QUERY, moments: READ },
  { pass: 'pull', name: 'pairs seen', on: 'inside', marker: 'insert into bridge.pair', moments: ROWS },
  { pass: 'pull', name: 'checkpoint', on: 'inside', marker: 'insert into bridge.checkpoint', moments: ROWS },
  { pass: 'pull', name: 'content read', on: 'domino', marker: BULK, moments: READ },
  { pass: 'pull', name: 'intents', on: 'inside', marker: 'insert into bridge.intent', moments: ROWS },
  {
    pass: 'pull',
    name: 'records applied',
    on: 'outside',
    marker: 'insert into handbook.applied_op',
    moments: ROWS,
  },
  {
    pass: 'pull',
    name: 'base and journal',
    on: 'inside',
    marker: 'insert into bridge.journal (',
    moments: ROWS,
  },
  { pass: 'push', name: 'feed read', on: 'outside', marker: 'from handbook.feed', moments: READ },
  { pass: 'push', name: 'pairs seen', on: 'inside', marker: 'update bridge.pair p set', moments: ROWS },
  { pass: 'push', name: 'intents', on: 'inside', marker: 'insert into bridge.intent', moments: ROWS },
  { pass: 'push', name: 'note written', on: 'domino', marker: 'PATCH /api/v1/document/', moments: CALL },
  { pass: 'push', name: 'note created', on: 'domino', marker: 'POST /api/v1/document?', moments: CALL },
  {
    pass: 'push',
    name: 'base and journal',
    on: 'inside',
    marker: 'insert into bridge.journal (',
    moments: ROWS,
  },
  { pass: 'sweep', name: 'known notes', on: 'domino', marker: BULK, moments: READ },
  { pass: 'sweep', name: 'place kept', on: 'inside', marker: 'update bridge.link l set', moments: ROWS },
  { pass: 'sweep', name: 'creations asked', on: 'domino', marker: QUERY, moments: READ },
  {
    pass: 'sweep',
    name: 'records hidden',
    on: 'outside',
    marker: 'insert into handbook.applied_op',
    moments: ROWS,
  },
  {
    pass: 'sweep',
    name: 'base and journal',
    on: 'inside',
    marker: 'insert into bridge.journal (',
    moments: ROWS,
  },
];

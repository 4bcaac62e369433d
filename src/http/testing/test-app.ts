import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { z } from 'zod';
import type { Accounts, InsideRole, OutsideRole, Role } from '../../../connectors/accounts/port.ts';
import { fileInspector } from '../../../connectors/files/inspect-file.ts';
import type { EntitySchema } from '../../../connectors/handbook/members-port.ts';
import { type Operation, OperationError } from '../../operations/operation.ts';
import { buildApp } from '../app.ts';
import type { AppDeps, LiveNote, Readiness } from '../app-deps.ts';
import { ZONE_PREFIX } from '../bearer-token.ts';
import { fakeAccounts } from './fake-accounts.ts';
import { FakeMembers } from './fake-members.ts';
import { quietWatch } from './fake-watch.ts';
import { FakeStore } from './fake-store.ts';

export const LOCAL_TOKEN = 'local-token-0123456789abcdef0123456789';
export const MEMBER_KEY = 'ĐV-0001';
export const PASSWORD = 'a long enough password';

export interface TestApp {
  readonly app: FastifyInstance;
  readonly members: FakeMembers;
  readonly store: FakeStore;
  readonly accounts: { readonly inside: Accounts<InsideRole>; readonly outside: Accounts<OutsideRole> };
  readonly state: { now: number; readiness: Readiness[]; notes: Map<string, LiveNote> };
  readonly logLines: string[];
  /** `Authorization` header of a fresh session of an account with this role. */
  readonly as: (role: Role) => Promise<{ readonly authorization: string }>;
}

export const asLocal = { authorization: `Bearer ${LOCAL_TOKEN}` };

export function testApp(changes: Partial<AppDeps> = {}): TestApp {
  const state: TestApp['state'] = { now: Date.UTC(2026, 0, 5), readiness: [], notes: new Map() };
  const clock = { now: () => state.now };
  const accounts = {
    inside: fakeAccounts<InsideRole>(clock),
    outside: fakeAccounts<OutsideRole>(clock),
  };
  const members = new FakeMembers();
  const store = new FakeStore();
  const logLines: string[] = [];
  const app = buildApp({
    logger: pino({ level: 'trace' }, { write: (line: string) => void logLines.push(line) }),
    readers: members,
    entitySchemas: ENTITIES,
    uploads: NO_UPLOADS,
    inspector: fileInspector,
    store: store.store,
    operations: [countTo, approve],
    accounts,
    readiness: async () => state.readiness,
    localToken: LOCAL_TOKEN,
    liveNote: async (linkId, unid) => {
      if (linkId !== 'members') throw new OperationError('not-found', `There is no link '${linkId}'.`);
      return state.notes.get(unid) ?? { kind: 'missing' };
    },
    queue: null,
    consolePages: '/nonexistent',
    watch: quietWatch,
    facts: [],
    fourEyes: false,
    viewDocument: async () => null,
    jobs: async () => ({ queues: [], recent: [] }),
    clock,
    ...changes,
  });
  return { app, members, store, accounts, state, logLines, as: (role) => sessionOf(role, accounts) };
}

async function sessionOf(role: Role, { inside, outside }: TestApp['accounts']) {
  const name = `${role}-${crypto.randomUUID()}`;
  if (role === 'operator' || role === 'releaser' || role === 'auditor') {
    const { id } = await inside.create({ name, role, password: PASSWORD });
    return bearer(ZONE_PREFIX.inside + (await inside.openSession(id)).token);
  }
  const memberKey = role === 'member' || role === 'secretary' ? MEMBER_KEY : null;
  const organisationCode = role === 'officer' ? '*' : role === 'secretary' ? 'TC-01' : null;
  const { id } = await outside.create({ name, role, password: PASSWORD, memberKey, organisationCode });
  return bearer(ZONE_PREFIX.outside + (await outside.openSession(id)).token);
}

const none = () => Promise.reject(new Error('This application keeps no uploads.'));
const NO_UPLOADS: AppDeps['uploads'] = {
  begin: none,
  list: none,
  find: async () => null,
  append: none,
  content: () => {
    throw new Error('This application keeps no uploads.');
  },
  end: none,
  remove: async () => false,
  dropAbandoned: none,
};

function bearer(token: string) {
  return { authorization: `Bearer ${token}` };
}

const countTo = {
  name: 'count-to',
  summary: 'Counts',
  role: 'auditor',
  args: z.strictObject({ to: z.int().min(0).max(100_000).default(3) }),
  async run({ to }: { readonly to: number }, context) {
    for (let done = 1; done <= to; done += 1) context.progress({ phase: 'counting', done, estimated: to });
    return { counted: to, by: context.by };
  },
} as const satisfies Operation<{ to: number }>;

const approve = {
  name: 'approve',
  summary: 'Needs a person',
  role: 'operator',
  args: z.strictObject({ preview: z.string(), mode: z.enum(['refuse', 'break']).default('refuse') }),
  async run({ mode }: { readonly mode: string }) {
    if (mode === 'break') throw new Error('secret-value-in-error');
    throw new OperationError('needs-approval', 'Approve preview p-1 first.', { previewId: 'p-1' });
  },
} as const satisfies Operation<{ preview: string; mode: 'refuse' | 'break' }>;

function entity(name: string, key: string, fields: readonly string[]): EntitySchema {
  return {
    entity: name,
    title: { vi: name, en: name },
    key,
    creatable: name === 'assignment',
    deletable: false,
    fields: fields.map((field) => ({ field, type: 'text', writable: true, check: { maxLength: 100 } })),
  };
}

const ENTITIES = [
  entity('member', 'memberCode', ['memberCode', 'fullName', 'photo', 'biography']),
  entity('organisation', 'code', ['code', 'name']),
  entity('assignment', 'assignmentCode', ['assignmentCode', 'memberCode', 'progress']),
];

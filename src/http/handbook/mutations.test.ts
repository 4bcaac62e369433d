import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HandbookError } from '../../../connectors/handbook/port.ts';
import { MEMBER_KEY, testApp, type TestApp } from '../testing/test-app.ts';

let t: TestApp;
beforeEach(() => {
  t = testApp();
  t.members.put('assignment', 'mine', 'NV-1', { memberCode: MEMBER_KEY, progress: '0' });
  t.members.put('assignment', 'yours', 'NV-2', { memberCode: 'ĐV-2', progress: '0' });
  t.members.put('member', 'me', MEMBER_KEY, { memberCode: MEMBER_KEY });
});
afterEach(() => t.app.close());

interface Wanted {
  readonly mutationId?: string;
  readonly kind?: 'create' | 'update' | 'delete';
  readonly entity?: string;
  readonly recordId?: string;
  readonly baseVersion?: number;
  readonly fields?: Record<string, unknown>;
}
let made = 0;
function mutation(wanted: Wanted = {}) {
  made += 1;
  return {
    mutationId: `m-${made}`,
    kind: 'update',
    entity: 'assignment',
    recordId: 'mine',
    baseVersion: 1,
    fields: { progress: '50' },
    ...wanted,
  };
}
async function send(headers: Record<string, string>, ...mutations: object[]) {
  const answer = await t.app.inject({
    method: 'POST',
    url: '/api/handbook/v1/mutations',
    headers,
    payload: { clientId: 'phone', mutations },
  });
  expect(answer.statusCode).toBe(200);
  return answer.json().results;
}

describe('mutations', () => {
  it('are answered in order, each on its own', async () => {
    const results = await send(
      await t.as('app'),
      mutation({ mutationId: '1', kind: 'create', recordId: 'new', baseVersion: 0 }),
      mutation({ mutationId: '2', recordId: 'nowhere' }),
      mutation({ mutationId: '3', recordId: 'mine', fields: { progress: '70' } }),
      mutation({ mutationId: '4', recordId: 'mine', fields: { progress: '80' } }),
      mutation({ mutationId: '5', recordId: 'yours' }),
    );
    expect(results).toEqual([
      { mutationId: '1', kind: 'applied', version: 1 },
      { mutationId: '2', kind: 'refused', reason: 'no-such-record' },
      { mutationId: '3', kind: 'applied', version: 2 },
      {
        mutationId: '4',
        kind: 'conflict',
        version: 2,
        fields: { progress: { yours: '80', current: '70' } },
      },
      { mutationId: '5', kind: 'applied', version: 2 },
    ]);
  });

  it('have one effect and one answer however often they are sent', async () => {
    const headers = await t.as('app');
    const once = mutation();
    const first = await send(headers, once, once);
    const again = await send(headers, once);
    expect([...first, ...again]).toEqual(
      [1, 2, 3].map(() => ({ mutationId: once.mutationId, kind: 'applied', version: 2 })),
    );
    expect(t.members.mutations).toHaveLength(1);
  });

  it('of two accounts never meet, whatever client id they claim', async () => {
    const same = mutation({ mutationId: 'same', recordId: 'yours' });
    const [a] = await send(await t.as('app'), same);
    const [b] = await send(await t.as('app'), { ...same, fields: { progress: '99' } });
    expect(a.kind).toBe('applied');
    expect(b.kind).toBe('conflict');
    expect(new Set(t.members.mutations.map(({ clientId }) => clientId)).size).toBe(2);
  });

  it('go on after one that fails, which says that it can be sent again', async () => {
    const mutate = t.members.mutate.bind(t.members);
    t.members.mutate = async (rights, one) => {
      if (one.recordId === 'mine') throw new HandbookError('unreachable', 'connection lost to 10.0.0.1');
      if (one.recordId === 'me') throw new Error('a defect with a value 099000000001');
      return mutate(rights, one);
    };
    const results = await send(
      await t.as('app'),
      mutation(),
      mutation({ recordId: 'me', entity: 'member' }),
      mutation({ recordId: 'yours' }),
    );
    expect(results).toMatchObject([
      { kind: 'failed', code: 'unavailable' },
      { kind: 'failed', code: 'internal' },
      { kind: 'applied' },
    ]);
    expect(t.logLines.join('')).not.toContain('099000000001');
  });

  it('are limited in number and shape', async () => {
    const headers = await t.as('app');
    const many = Array.from({ length: 101 }, () => mutation());
    for (const mutations of [
      many,
      [],
      [mutation({ baseVersion: -1 })],
      [mutation({ fields: { 'a b': 1 } })],
    ]) {
      const answer = await t.app.inject({
        method: 'POST',
        url: '/api/handbook/v1/mutations',
        headers,
        payload: { clientId: 'phone', mutations },
      });
      expect(answer.json()).toMatchObject({ code: 'validation' });
    }
    expect(t.members.mutations).toEqual([]);
  });
});

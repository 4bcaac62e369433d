import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { textValues } from '../engine/item-lookup.ts';
import { storedItems } from './testing/member-documents.ts';
import { temporaryRest } from './testing/temporary-rest.ts';

const member = { body: { Form: 'Member', HoTen: 'a' } };

describe('faults', () => {
  test('[RF14] a lost connection tells nothing about the effect', async () => {
    await using rest = await temporaryRest();
    await rest.ask('GET', '/userinfo');
    const when = { method: 'createDocument' };
    rest.face.faults.add({ kind: 'lost-before', when: { ...when, nth: 1 } });
    rest.face.faults.add({ kind: 'lost-after', when: { ...when, nth: 2 } });
    for (const expected of [0, 1]) {
      await expect(rest.ask('POST', '/document', member)).rejects.toMatchObject({ code: 'LIGHT_ECONNRESET' });
      expect(rest.domino.database.count()).toBe(expected);
    }
  });

  test('[RF14] busy is 503 with nothing done; latency passes through the given delay', async () => {
    const waited: number[] = [];
    await using rest = await temporaryRest({ delay: async (ms) => void waited.push(ms) });
    rest.face.faults.add({ kind: 'busy', when: { method: 'createDocument', nth: 1 } });
    rest.face.faults.add({ kind: 'latency', ms: 250, when: { method: 'createDocument' } });
    expect((await rest.ask('POST', '/document', member)).body).toMatchObject({ status: 503 });
    expect(rest.domino.database.count()).toBe(0);
    expect((await rest.ask('POST', '/document', member)).status).toBe(200);
    expect(waited).toEqual([250, 250]);
  });

  test('[RF14] half of a bulk is done, then the connection is lost', async () => {
    await using rest = await temporaryRest({ schema: { requireRevisionToUpdate: false } });
    const unids = Array.from({ length: 6 }, () => rest.lan.create({ Form: 'Member', HoTen: 'a' }));
    rest.face.faults.add({
      kind: 'half-bulk',
      afterDocuments: 2,
      when: { method: 'bulkUpdateDocumentsByQuery' },
    });
    const body = { query: '@all', replaceItems: { HoTen: 'b' } };
    await expect(rest.ask('PATCH', '/bulk/update', { body })).rejects.toMatchObject({
      code: 'LIGHT_ECONNRESET',
    });
    const names = unids.map((unid) => textValues(storedItems(rest, unid), 'HoTen')[0]);
    expect(names.filter((name) => name === 'b')).toHaveLength(2);
  });

  test('[RF14] over a socket: a list breaks off after its headers and some lines', async () => {
    await using rest = await temporaryRest();
    for (const HoTen of ['a', 'b', 'c']) rest.lan.create({ Form: 'Member', HoTen });
    rest.face.faults.add({ kind: 'stream-loss', afterChunks: 2, when: { method: 'fetchViewEntries' } });
    const token = await rest.login();
    const address = await rest.face.app.listen({ host: '127.0.0.1', port: 0 });
    const received = await new Promise<{ status: number | undefined; text: string; broke: boolean }>(
      (resolve, reject) => {
        const headers = { authorization: `Bearer ${token}` };
        const call = request(`${address}/api/v1/lists/ByName?dataSource=members`, { headers }, (answer) => {
          let text = '';
          answer.on('data', (chunk: Buffer) => {
            text += chunk.toString();
          });
          answer.on('error', () => {});
          answer.on('close', () => resolve({ status: answer.statusCode, text, broke: !answer.complete }));
        });
        call.on('error', reject);
        call.end();
      },
    );
    expect(received).toMatchObject({ status: 200, broke: true });
    expect(() => JSON.parse(received.text) as unknown).toThrow(SyntaxError);
  });

  test.each([503, 500] as const)(
    '[RF14] [RF23] more requests at once than the server allows are refused with %i',
    async (status) => {
      const entered = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      const delay = async () => {
        entered.resolve();
        await released.promise;
      };
      await using rest = await temporaryRest({
        maxConcurrent: 1,
        delay,
        // What is not said is the default.
        quirks: status === 503 ? {} : { overloadStatus: status },
      });
      await rest.ask('GET', '/userinfo');
      rest.face.faults.add({ kind: 'latency', ms: 1, when: { method: 'createDocument' } });
      const slow = rest.ask('POST', '/document', member);
      await entered.promise;
      expect((await rest.ask('GET', '/userinfo')).body).toMatchObject({ status });
      released.resolve();
      expect((await slow).status).toBe(200);
      expect((await rest.ask('GET', '/userinfo')).status).toBe(200);
    },
  );
  test('[RF14] a restart loses the call, refuses the next ones and makes every token worthless', async () => {
    await using rest = await temporaryRest();
    await rest.ask('GET', '/userinfo');
    rest.face.faults.add({ kind: 'restart', downCalls: 1, when: { method: 'createDocument' } });
    for (const _ of ['lost', 'down']) {
      await expect(rest.ask('POST', '/document', member)).rejects.toMatchObject({ code: 'LIGHT_ECONNRESET' });
    }
    expect((await rest.ask('POST', '/document', member)).status).toBe(401);
    expect(rest.domino.database.count()).toBe(0);
  });

  test('[RF14] slow servers and lines take their time for each document and byte; with an expired certificate nothing comes', async () => {
    const waited: number[] = [];
    await using rest = await temporaryRest({ delay: async (ms) => void waited.push(ms) });
    for (const HoTen of ['a', 'b', 'c']) rest.lan.create({ Form: 'Member', HoTen });
    await rest.ask('GET', '/userinfo');
    const slow = rest.face.faults.add({
      kind: 'slow',
      msPerDocument: 10,
      when: { method: 'fetchViewEntries' },
    });
    await rest.ask('GET', '/lists/ByName');
    expect(waited).toEqual([30]);
    slow();
    const network = { bitsPerSecond: 8000, roundTripMs: 100, loss: 0 };
    rest.face.faults.add({ kind: 'network', network, when: { method: 'createDocument' } });
    await rest.ask('POST', '/document', member);
    expect(waited).toHaveLength(3);
    expect(Math.min(...waited.slice(1))).toBeGreaterThan(50);
    rest.face.faults.add({ kind: 'certificate-expired', when: {} });
    await expect(rest.ask('GET', '/userinfo')).rejects.toMatchObject({ code: 'LIGHT_ECONNRESET' });
  });
});

import { describe, expect, test } from 'vitest';
import { textValues } from '../engine/item-lookup.ts';
import { START } from '../engine/testing/temporary-domino.ts';
import { temporaryProton } from './testing/temporary-proton.ts';
import { rejection } from './testing/rejection.ts';

const create = { document: { Form: 'Member' } };

describe('faults of calls', () => {
  test('a lost connection tells nothing about the effect', async () => {
    using p = await temporaryProton();
    p.faults.add({ kind: 'lost-before', when: { nth: 1 } });
    p.faults.add({ kind: 'lost-after', when: { nth: 2 } });
    const messages: string[] = [];
    for (const expected of [0, 1]) {
      const failure: unknown = await p.database.createDocument(create).catch((error: unknown) => error);
      expect(failure).toMatchObject({ name: 'DominoDbError', code: 'ERR_NOT_CONNECTED' });
      messages.push((failure as Error).message);
      expect(p.domino.database.count()).toBe(expected);
    }
    expect(messages[0]).toBe(messages[1]);
  });

  test('silence: no answer ever, with or without the effect', async () => {
    using p = await temporaryProton();
    p.faults.add({ kind: 'lost-after', silent: true, when: { nth: 1 } });
    p.faults.add({ kind: 'lost-before', silent: true, when: { nth: 2 } });
    let settled = 0;
    for (let call = 0; call < 2; call++) {
      void p.database.createDocument(create).finally(() => {
        settled += 1;
      });
    }
    await p.database.createDocument(create);
    await new Promise(setImmediate);
    expect(settled).toBe(0);
    expect(p.domino.database.count()).toBe(2);
  });

  test('down, then up again; busy once', async () => {
    using p = await temporaryProton();
    const up = p.faults.add({ kind: 'down', when: {} });
    await expect(p.database.createDocument(create)).rejects.toMatchObject(
      rejection('ERR_NOT_CONNECTED', /ECONNREFUSED/u),
    );
    up();
    p.faults.add({ kind: 'busy', when: { nth: 1 } });
    await expect(p.database.createDocument(create)).rejects.toMatchObject(
      rejection('ERR_INTERNAL_ERROR', /busy/u),
    );
    await p.database.createDocument(create);
    expect(p.domino.database.count()).toBe(1);
  });

  test('half of a bulk is done, then the connection is lost', async () => {
    using p = await temporaryProton();
    const unids = Array.from({ length: 10 }, () => p.lan.create({ Name: 'a' }));
    p.faults.add({ kind: 'half-bulk', afterDocuments: 4, when: { method: 'bulkReplaceItemsByUnid' } });
    const replaceItemsByUnid = unids.map((unid) => ({ '@unid': unid, Name: 'b' }));
    await expect(p.database.bulkReplaceItemsByUnid({ replaceItemsByUnid })).rejects.toMatchObject(
      rejection('ERR_NOT_CONNECTED'),
    );
    const names = unids.map((unid) => textValues(p.domino.database.read(unid)?.items ?? [], 'Name')[0]);
    expect(names.join('')).toBe('bbbbaaaaaa');
  });

  test('latency passes through the given delay, and the clock can step at a call', async () => {
    const waited: number[] = [];
    using p = await temporaryProton({ delay: async (ms) => void waited.push(ms) });
    p.faults.add({ kind: 'latency', ms: 250, when: { method: 'createDocument' } });
    p.faults.add({ kind: 'clock-step', ms: -5000, when: { method: 'createDocument', nth: 2 } });
    const first = await p.database.createDocument(create);
    const second = await p.database.createDocument(create);
    expect(waited).toEqual([250, 250]);
    expect(p.domino.database.read(first)?.created).toBe(START);
    expect(p.domino.database.read(second)?.created).toBe(START - 5000);
  });

  test('an answer never comes in the turn of the call', async () => {
    using p = await temporaryProton();
    let answered = false;
    const call = p.database.createDocument(create).then(() => {
      answered = true;
    });
    await Promise.resolve();
    expect(p.domino.database.count()).toBe(0);
    expect(answered).toBe(false);
    await call;
    expect(p.domino.database.count()).toBe(1);
  });
});

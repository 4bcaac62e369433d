import { describe, expect, test } from 'vitest';
import { fileItem } from '../engine/item-builders.ts';
import { textValues } from '../engine/item-lookup.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import { START } from '../engine/testing/temporary-domino.ts';
import { temporaryProton } from './testing/temporary-proton.ts';
import { rejection } from './testing/rejection.ts';

const create = { document: { Form: 'Member' } };

describe('[FA1] [FA2] faults of calls', () => {
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

describe('the way to the server', () => {
  const timed = async (): Promise<{ p: Awaited<ReturnType<typeof temporaryProton>>; waited: number[] }> => {
    const waited: number[] = [];
    return { p: await temporaryProton({ delay: async (ms) => void waited.push(ms) }), waited };
  };
  const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

  test('[FA3] bytes take their time on the WAN, more of them more, and next to none on the LAN', async () => {
    const { p, waited } = await timed();
    using _ = p;
    const big = { document: { Form: 'M', Text: 'x'.repeat(25_000) } };
    p.faults.add({
      kind: 'network',
      network: { bitsPerSecond: 2_000_000, roundTripMs: 200, loss: 0 },
      when: {},
    });
    await p.database.createDocument(create);
    const small = sum(waited.splice(0));
    expect(small).toBeGreaterThan(200);
    expect(small).toBeLessThan(205);
    await p.database.createDocument(big);
    // 25,000 bytes are 100 ms at 2 Mbit/s.
    expect(sum(waited.splice(0)) - small).toBeCloseTo(100, -1);
    p.faults.clear();
    p.faults.add({ kind: 'network', network: 'lan', when: {} });
    await p.database.createDocument(big);
    expect(sum(waited)).toBeLessThan(1);
  });

  test('[FA3] a stream travels chunk by chunk', async () => {
    const { p, waited } = await timed();
    using _ = p;
    const { unid } = p.domino.database.create([
      fileItem('a.bin', new Uint8Array(300_000), dateTimeOf(START)),
    ]);
    p.faults.add({
      kind: 'network',
      network: { bitsPerSecond: 2_000_000, roundTripMs: 0, loss: 0 },
      when: { method: 'bulkReadAttachmentStreamByUnid' },
    });
    const stream = await p.database.bulkReadAttachmentStreamByUnid({ unids: [unid], chunkSizeKb: 100 });
    await new Promise((resolve) => stream.on('end', resolve));
    expect(sum(waited)).toBeGreaterThan(1200);
    expect(waited.filter((ms) => ms > 100)).toHaveLength(3);
  });

  test('[FA4] a slow server takes longer for every document of its answer', async () => {
    const { p, waited } = await timed();
    using _ = p;
    for (let n = 0; n < 7; n++) p.lan.create({ Form: 'M' });
    p.faults.add({ kind: 'slow', msPerDocument: 2.5, when: {} });
    await p.database.bulkReadDocuments({ query: "Form = 'M'", count: 4 });
    expect(waited).toEqual([10]);
  });

  test('[FA5] a page that breaks off gives nothing, and has done nothing', async () => {
    using p = await temporaryProton();
    for (let n = 0; n < 3; n++) p.lan.create({ Form: 'M' });
    p.faults.add({ kind: 'page-loss', afterDocuments: 2, when: { nth: 1 } });
    const page = { query: "Form = 'M'" };
    await expect(p.database.bulkReadDocuments(page)).rejects.toMatchObject(rejection('ERR_NOT_CONNECTED'));
    expect((await p.database.bulkReadDocuments(page)).documents).toHaveLength(3);
  });

  test('[FA7] no connection comes about while the certificate has expired', async () => {
    using p = await temporaryProton();
    const renew = p.faults.add({ kind: 'certificate-expired', when: {} });
    for (let call = 0; call < 2; call++) {
      await expect(p.database.createDocument(create)).rejects.toMatchObject(
        rejection('ERR_NOT_CONNECTED', /certificate has expired/u),
      );
    }
    renew();
    await p.database.createDocument(create);
    expect(p.domino.database.count()).toBe(1);
  });
});

describe('a restart', () => {
  test('[FA6] loses the call, refuses the next ones, and is over; once unless told otherwise', async () => {
    using p = await temporaryProton();
    p.faults.add({ kind: 'restart', downCalls: 2, when: {} });
    const codes: string[] = [];
    for (let call = 0; call < 4; call++) {
      codes.push(
        await p.database.createDocument(create).then(
          () => 'done',
          ({ message }: Error) => message,
        ),
      );
    }
    expect(codes).toEqual([
      expect.stringMatching(/connection lost/u),
      expect.stringMatching(/ECONNREFUSED/u),
      expect.stringMatching(/ECONNREFUSED/u),
      'done',
    ]);
    expect(p.domino.database.count()).toBe(1);
  });

  test('[FA6] takes with it what is on its way: calls, reading and writing streams', async () => {
    let restart = async (): Promise<void> => {};
    using p = await temporaryProton({ delay: async () => restart() });
    const { unid } = p.domino.database.create([
      fileItem('a.bin', new Uint8Array(300_000), dateTimeOf(START)),
    ]);
    p.faults.add({ kind: 'restart', downCalls: 0, when: { method: 'getFileSystemList', times: 9 } });
    restart = async () => {
      restart = async () => {};
      await p.server.getFileSystemList({ dirPath: '' }).catch(() => {});
    };
    const again = restart;
    p.faults.add({ kind: 'latency', ms: 1, when: { method: 'createDocument' } });
    await expect(p.database.createDocument(create)).rejects.toMatchObject(rejection('ERR_NOT_CONNECTED'));
    expect(p.domino.database.count()).toBe(1);

    const writer = await p.database.bulkCreateAttachmentStream();
    const stream = await p.database.bulkReadAttachmentStreamByUnid({ unids: [unid], chunkSizeKb: 2 });
    const broken = new Promise((resolve) => stream.on('error', resolve));
    const failed = new Promise((resolve) => writer.on('error', resolve));
    writer.file({ unid, fileName: 'b.bin' });
    writer.write(new Uint8Array(10));
    await again();
    writer.end();
    expect(await Promise.all([broken, failed])).toMatchObject([
      rejection('ERR_NOT_CONNECTED'),
      rejection('ERR_NOT_CONNECTED'),
    ]);
    const { documents } = await p.database.bulkReadDocumentsByUnid({
      unids: [unid],
      readAttachmentSummaries: true,
    });
    expect(documents?.[0]?.['@attachments']).toMatchObject([{ fileName: 'a.bin' }]);
  });
});

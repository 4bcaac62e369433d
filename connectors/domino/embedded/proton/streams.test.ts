import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { fileItem, richTextItem, textItem } from '../engine/item-builders.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import type { PartStream } from './part-stream.ts';
import { temporaryProton } from './testing/temporary-proton.ts';
import { rejection } from './testing/rejection.ts';

const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 31) % 256);

interface Recorded {
  readonly events: string[];
  readonly infos: unknown[];
  readonly data: Buffer;
}

/** Listens in the turn in which the stream was given, until it ends or fails. */
async function record(opening: Promise<PartStream>): Promise<Recorded> {
  const stream = await opening;
  const events: string[] = [];
  const infos: unknown[] = [];
  const chunks: Buffer[] = [];
  for (const name of ['file', 'field'] as const) {
    stream.on(name, (info: unknown) => {
      events.push(name);
      infos.push(info);
    });
  }
  stream.on('data', (chunk: Buffer) => {
    events.push('data');
    chunks.push(chunk);
  });
  stream.on('eof', () => events.push('eof'));
  await new Promise<void>((resolve) => {
    stream.on('end', () => resolve(void events.push('end')));
    stream.on('error', (error: Error & { code: string }) => resolve(void events.push(error.code)));
  });
  return { events, infos, data: Buffer.concat(chunks) };
}

describe('attachments', () => {
  test('come part by part, in chunks, to the byte', async () => {
    using p = await temporaryProton();
    const files = [
      fileItem('a.pdf', bytes, dateTimeOf(0)),
      fileItem('empty', new Uint8Array(0), dateTimeOf(0)),
    ];
    const { unid } = p.domino.database.create(files);
    const read = await record(p.database.bulkReadAttachmentStreamByUnid({ unids: [unid], chunkSizeKb: 128 }));
    expect(read.events).toEqual(['file', 'data', 'data', 'data', 'eof', 'file', 'eof', 'end']);
    expect(read.infos[0]).toMatchObject({ unid, fileName: 'a.pdf', fileSize: 300_000 });
    expect(read.data.equals(bytes)).toBe(true);
    const one = await record(
      p.database.bulkReadAttachmentStreamByUnid({ unids: [unid], fileNames: ['empty'] }),
    );
    expect(one.events).toEqual(['file', 'eof', 'end']);
    expect(p.domino.domino.requests.entries()).toMatchObject([{ attachments: true }, { attachments: true }]);
  });

  test('of a hidden note are an error of that note', async () => {
    using p = await temporaryProton();
    const unid = p.lan.create({ Form: 'Member' });
    p.lan.setReaders(unid, ['CN=Lan/O=Party']);
    const { infos } = await record(p.database.bulkReadAttachmentStreamByUnid({ unids: [unid] }));
    expect(infos).toMatchObject([{ unid, error: { code: 'ERR_NOT_FOUND' } }]);
  });

  test('a connection lost in mid-stream is an error after some chunks, without an end', async () => {
    using p = await temporaryProton();
    const { unid } = p.domino.database.create([fileItem('a', bytes, dateTimeOf(0))]);
    p.faults.add({ kind: 'stream-loss', afterChunks: 2, when: { nth: 1 } });
    const document = await p.database.useDocument({ unid });
    const { events, data } = await record(document.readAttachmentStream({}));
    expect(events).toEqual(['file', 'data', 'data', 'ERR_NOT_CONNECTED']);
    expect(data.byteLength).toBe(2 * 64 * 1024);
  });

  test('are written, and a file of the same name gives way', async () => {
    using p = await temporaryProton();
    const unid = p.lan.create({ Form: 'Member' });
    for (const content of [bytes.subarray(0, 10), bytes]) {
      const writer = await p.database.bulkCreateAttachmentStream({});
      const response = once(writer, 'response');
      writer.file({ unid, fileName: 'a.pdf' });
      const reused = Buffer.from(content);
      writer.write(reused);
      reused.fill(0);
      writer.file({ unid, fileName: 'b.pdf' });
      writer.write(content);
      writer.end();
      expect(await response).toMatchObject([{ attachments: [{ fileName: 'a.pdf' }, { fileName: 'b.pdf' }] }]);
    }
    const files = p.domino.database
      .read(unid)
      ?.items.flatMap(({ value }) => (value.type === 'file' ? [value.file] : []));
    expect(files?.map(({ name }) => name)).toEqual(['a.pdf', 'b.pdf']);
    expect(files?.every((file) => Buffer.from(bytes).equals(file.bytes))).toBe(true);
  });

  test('written to a note that is not there are an error', async () => {
    using p = await temporaryProton();
    const writer = await p.database.bulkCreateAttachmentStream({});
    const failure = once(writer, 'error');
    writer.file({ unid: '0'.repeat(32), fileName: 'a' });
    writer.write(bytes);
    writer.end();
    expect(await failure).toMatchObject([{ code: 'ERR_NOT_FOUND' }]);
  });
});

describe('rich text', () => {
  const dxl = new TextEncoder().encode(
    "<pardef id='1'/><par def='1'>Kính gửi <run><font style='bold'/>chi bộ</run><break/>2</par>\n<par><picture><gif>R0lGODlh</gif></picture></par>",
  );

  test('is composite data, whatever it was imported from', async () => {
    using p = await temporaryProton();
    const { unid } = p.domino.database.create([richTextItem('Body', dxl, 'dxl'), textItem('Other', 'x')]);
    const options = { unids: [unid], fields: ['body', 'Other', 'Nothing'] };
    const { events, infos, data } = await record(p.database.bulkReadRichTextStreamByUnid(options));
    expect(events).toEqual(['field', 'data', 'eof', 'end']);
    expect(infos).toEqual([{ unid, fieldName: 'body' }]);
    expect(decodeText(data)).toEqual(['Kính gửi chi bộ\n2', '']);
    expect(p.domino.domino.requests.itemsAskedOf(unid)).toContain('body');
  });

  test('as stored, where the quirk says so, and after a write', async () => {
    using p = await temporaryProton({ quirks: { richText: 'stored' } });
    const { unid } = p.domino.database.create([richTextItem('Body', dxl, 'dxl')]);
    const read = async () =>
      (await record(p.database.bulkReadRichTextStreamByUnid({ unids: [unid], fields: ['Body'] }))).data;
    expect((await read()).equals(dxl)).toBe(true);
    const writer = await p.database.bulkCreateRichTextStream({});
    const response = once(writer, 'response');
    writer.field({ unid, fieldName: 'Body' });
    writer.write(bytes);
    writer.end();
    expect(await response).toEqual([{ unid, fieldName: 'Body' }]);
    expect((await read()).equals(bytes)).toBe(true);
  });

  test('chunks are even', async () => {
    using p = await temporaryProton();
    const options = { unids: ['0'.repeat(32)], fields: ['Body'], chunkSizeKb: 3 };
    await expect(p.database.bulkReadRichTextStreamByUnid(options)).rejects.toMatchObject(
      rejection('ERR_BAD_REQUEST', /even/u),
    );
  });

  test('a cancelled stream falls silent', async () => {
    using p = await temporaryProton();
    const { unid } = p.domino.database.create([richTextItem('Body', bytes)]);
    const stream = await p.database.bulkReadRichTextStreamByUnid({
      unids: [unid],
      fields: ['Body'],
      chunkSizeKb: 2,
    });
    let events = 0;
    for (const name of ['data', 'eof', 'end', 'error']) stream.on(name, () => (events += 1));
    await once(stream, 'data');
    stream.cancel();
    const before = events;
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(events).toBe(before);
  });
});

/** Walks the records as the format describes them: the text of each paragraph. */
function decodeText(data: Buffer): string[] {
  const paragraphs: string[] = [];
  for (let at = 0; at < data.length; ) {
    const second = data.readUInt8(at + 1);
    const length =
      second === 0xff ? data.readUInt16LE(at + 2) : second === 0 ? data.readUInt32LE(at + 2) : second;
    if (length < 2) throw new Error(`no record at ${at}`);
    if (data[at] === 0x81) paragraphs.push('');
    if (data[at] === 0x85) {
      const text = decodeLmbcs(data.subarray(at + 8, at + length));
      paragraphs.push((paragraphs.pop() ?? '') + text);
    }
    at += length + (length % 2);
  }
  return paragraphs;
}

function decodeLmbcs(text: Buffer): string {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    const byte = text.readUInt8(at);
    if (byte === 0) result += '\n';
    else if (byte !== 0x14) result += String.fromCharCode(byte);
    else {
      result += String.fromCharCode(text.readUInt16BE(at + 1));
      at += 2;
    }
  }
  return result;
}

import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import type { AttachmentContent } from '../port.ts';
import { EventStream, type EventStreamOptions } from './event-stream.ts';
import { fieldBytesOf, filesOf } from './stream-reading.ts';

function opened(options: Partial<EventStreamOptions> = {}) {
  const emitter = Object.assign(new EventEmitter(), { cancel: vi.fn(), pause: vi.fn(), resume: vi.fn() });
  const stream = new EventStream({
    action: 'Attachments',
    idleMs: 30_000,
    bufferBytes: 1024,
    signal: undefined,
    ...options,
  });
  stream.attach(emitter);
  return { emitter, stream };
}
const head = (fileName: string, fileSize: number) => ({
  unid: 'x',
  fileName,
  fileSize,
  modified: { type: 'datetime', data: '2026-01-01T00:00:00Z' },
});

async function collect(files: AsyncIterable<AttachmentContent>): Promise<string[]> {
  const seen: string[] = [];
  for await (const { name, content } of files) {
    let bytes = '';
    for await (const chunk of content) bytes += Buffer.from(chunk).toString();
    seen.push(`${name}=${bytes}`);
  }
  return seen;
}

describe('a stream of files', () => {
  it('gives each file its bytes', async () => {
    const { emitter, stream } = opened();
    for (const [name, chunks] of Object.entries({ a: ['1', '2'], b: [] as string[], c: ['3'] })) {
      emitter.emit('file', head(name, chunks.length));
      for (const chunk of chunks) emitter.emit('data', Buffer.from(chunk));
      emitter.emit('eof');
    }
    emitter.emit('end');
    await expect(collect(filesOf(stream, 'A'))).resolves.toEqual(['a=12', 'b=', 'c=3']);
  });

  it('reads away what was not consumed', async () => {
    const { emitter, stream } = opened();
    for (const name of ['a', 'b']) {
      emitter.emit('file', head(name, 1));
      emitter.emit('data', Buffer.from('1'));
      emitter.emit('eof');
    }
    emitter.emit('end');
    const names: string[] = [];
    for await (const file of filesOf(stream, 'A')) names.push(file.name);
    expect(names).toEqual(['a', 'b']);
  });

  it.each([
    ['ends inside a file', ['file', 'data', 'end'], 1],
    ['gives fewer bytes than announced', ['file', 'data', 'eof', 'end'], 2],
    ['gives bytes of no file', ['data', 'end'], 1],
  ])('that %s is no answer', async (_what, events, size) => {
    const { emitter, stream } = opened();
    const values: Record<string, unknown> = { file: head('a', size), data: Buffer.from('1') };
    for (const event of events) emitter.emit(event, values[event]);
    await expect(collect(filesOf(stream, 'A'))).rejects.toMatchObject({ code: 'protocol' });
  });

  it('gives what came before an error, then the error', async () => {
    const { emitter, stream } = opened();
    emitter.emit('field', { unid: 'x', fieldName: 'Body' });
    emitter.emit('data', Buffer.from('12'));
    emitter.emit(
      'error',
      Object.assign(new Error('gRPC client error: connection lost'), { code: 'ERR_NOT_CONNECTED' }),
    );
    const chunks: string[] = [];
    const read = async () => {
      for await (const chunk of fieldBytesOf(stream, 'B')) chunks.push(Buffer.from(chunk).toString());
    };
    await expect(read()).rejects.toMatchObject({ code: 'unreachable' });
    expect(chunks).toEqual(['12']);
  });

  it('that falls silent, is aborted or is consumed too slowly fails as busy', async () => {
    await expect(opened({ idleMs: 5 }).stream.next()).rejects.toMatchObject({ code: 'busy' });

    const abort = new AbortController();
    const waiting = opened({ signal: abort.signal }).stream.next();
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'busy' });

    const { emitter, stream } = opened({ bufferBytes: 10 });
    emitter.emit('data', Buffer.alloc(11));
    await expect(stream.next()).rejects.toMatchObject({ code: 'busy' });
    expect(emitter.cancel).toHaveBeenCalledOnce();
  });

  it('is paused while much waits, and resumed', async () => {
    const { emitter, stream } = opened({ bufferBytes: 100 * 1024 * 1024 });
    for (let part = 0; part < 6; part += 1) emitter.emit('data', Buffer.alloc(1024 * 1024));
    expect(emitter.pause).toHaveBeenCalledOnce();
    for (let part = 0; part < 3; part += 1) await stream.next();
    expect(emitter.resume).not.toHaveBeenCalled();
    await stream.next();
    expect(emitter.resume).toHaveBeenCalledOnce();
  });

  it('that was given up before it opened is cancelled when it opens', () => {
    const { stream } = opened();
    stream.close();
    const late = Object.assign(new EventEmitter(), { cancel: vi.fn() });
    stream.attach(late);
    expect(late.cancel).toHaveBeenCalledOnce();
    expect(() => late.emit('error', new Error('late'))).not.toThrow();
  });
});

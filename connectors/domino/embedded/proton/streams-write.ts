import { EventEmitter } from 'node:events';
import type { StoredItem } from '../stored-note.ts';
import { fileItem, richTextItem } from '../engine/item-builders.ts';
import { withItems } from '../engine/item-lookup.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import type { Entry } from './bulk-response.ts';
import { changeNote, droppingFiles } from './bulk-write.ts';
import { type Define, type Method } from './define-method.ts';
import { asDominoDbError, badRequest, connectionLost } from './domino-db-error.ts';
import { encodeInstant } from './encode-item.ts';
import { type ProtonCall, stillUp } from './proton-host.ts';

export interface WritingStreams {
  readonly bulkCreateAttachmentStream: Method<AttachmentWriter>;
  readonly bulkCreateRichTextStream: Method<RichTextWriter>;
}

export function writingStreams(define: Define, filePath: string): WritingStreams {
  return {
    bulkCreateAttachmentStream: define('bulkCreateAttachmentStream', {
      shape: {},
      convert: (options) => options,
      work: (_, call) => new AttachmentWriter(call, filePath),
    }),
    bulkCreateRichTextStream: define('bulkCreateRichTextStream', {
      shape: {},
      convert: (options) => options,
      work: (_, call) => new RichTextWriter(call, filePath),
    }),
  };
}

/** A part is saved when the next begins or at `end()`; what was saved stays when the connection is lost. */
abstract class PartWriter<P> extends EventEmitter {
  protected readonly call: ProtonCall;
  protected readonly filePath: string;
  #part: P | null = null;
  #chunks: Uint8Array[] = [];
  #chunkCount = 0;
  #closed = false;
  readonly #restarts: number;

  constructor(call: ProtonCall, filePath: string) {
    super();
    this.call = call;
    this.filePath = filePath;
    this.#restarts = call.context.faults.restarts;
  }

  /** Copies the bytes; true as long as more are welcome. */
  write(bytes: Uint8Array): boolean {
    if (this.#part === null) throw badRequest('write: name the file or field first');
    if (this.#closed) return false;
    if (this.#chunkCount === this.call.faults.chunkLimit) this.#fail(connectionLost());
    this.#chunkCount += 1;
    this.#chunks.push(Uint8Array.from(bytes));
    return true;
  }

  end(): void {
    setImmediate(() => {
      this.#finishPart();
      if (!this.#closed) this.finished();
      this.#closed = true;
    });
  }

  protected begin(part: P): void {
    this.#finishPart();
    this.#part = part;
  }

  protected abstract save(part: P, bytes: Uint8Array): void;

  protected abstract finished(): void;

  #finishPart(): void {
    const part = this.#part;
    if (part === null || this.#closed) return;
    try {
      stillUp(this.call.context, this.#restarts);
      this.save(part, Buffer.concat(this.#chunks));
    } catch (cause) {
      this.#fail(asDominoDbError(cause));
    }
    this.#part = null;
    this.#chunks = [];
  }

  #fail(error: unknown): void {
    this.#closed = true;
    setImmediate(() => this.emit('error', error));
  }
}

interface FilePart {
  readonly unid: string;
  readonly fileName: string;
}

/** A file of the same name is replaced. Emits `response` once, or `error`. */
export class AttachmentWriter extends PartWriter<FilePart> {
  readonly #saved: Entry[] = [];

  file(part: FilePart): void {
    this.begin({ ...part });
  }

  protected override save({ unid, fileName }: FilePart, bytes: Uint8Array): void {
    const now = this.call.context.domino.now();
    const added = fileItem(fileName, bytes, dateTimeOf(now));
    changeNote(this.call, this.filePath, unid, (items) => [...droppingFiles([fileName])(items), added]);
    this.#saved.push({ unid, fileName, fileSize: bytes.byteLength, modified: encodeInstant(now) });
  }

  protected override finished(): void {
    this.emit('response', { attachments: this.#saved });
  }
}

interface FieldPart {
  readonly unid: string;
  readonly fieldName: string;
}

/** Replaces the rich text item by the composite data given. Emits `response` per field, or `error`. */
export class RichTextWriter extends PartWriter<FieldPart> {
  field(part: FieldPart & { readonly encrypt?: boolean }): void {
    if (part.encrypt === true) throw badRequest('field: encryption needs an ID vault, which is not there');
    this.begin({ ...part });
  }

  protected override save({ unid, fieldName }: FieldPart, bytes: Uint8Array): void {
    const written: StoredItem = richTextItem(fieldName, bytes, 'cd');
    changeNote(this.call, this.filePath, unid, (items) => withItems(items, [written]));
    setImmediate(() => this.emit('response', { unid, fieldName }));
  }

  protected override finished(): void {}
}

import { bodyText, splitMessages, type WireMessage } from './wire.ts';

/** What a client sent, cut where the server would answer. */
export type Batch =
  | { readonly kind: 'startup' }
  /** Everything up to and with a Sync or a Query; `sql` is the text of its statements. */
  | { readonly kind: 'statements'; readonly sql: string; readonly bytes: Buffer }
  | { readonly kind: 'terminate' }
  /** Cannot be shared with other connections. */
  | { readonly kind: 'refused'; readonly reason: string };

const NAMED =
  'Named prepared statements are not supported by the embedded database: leave "name" out of the query';
const ROW_LIMIT =
  'Reading a result in portions is not supported by the embedded database: leave "rows" out of the query';

/** Assembles the byte stream of one client into batches. */
export class FrontendReader {
  #started = false;
  #bytes: Buffer = Buffer.alloc(0);
  #collected: WireMessage[] = [];

  read(bytes: Buffer): Batch[] {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
    const batches: Batch[] = [];
    if (!this.#started) {
      if (this.#bytes.length < 4 || this.#bytes.length < this.#bytes.readInt32BE(0)) return batches;
      this.#bytes = this.#bytes.subarray(this.#bytes.readInt32BE(0));
      this.#started = true;
      batches.push({ kind: 'startup' });
    }
    const { messages, rest } = splitMessages(this.#bytes);
    this.#bytes = rest;
    for (const message of messages) {
      this.#collected.push(message);
      if (message.type === 'X') batches.push({ kind: 'terminate' });
      else if (message.type === 'Q' || message.type === 'S' || message.type === 'H')
        batches.push(this.#cut());
    }
    return batches;
  }

  #cut(): Batch {
    const collected = this.#collected;
    this.#collected = [];
    if (collected.some(({ type }) => type === 'H')) return { kind: 'refused', reason: ROW_LIMIT };
    if (collected.some((message) => message.type === 'P' && bodyText(message) !== ''))
      return { kind: 'refused', reason: NAMED };
    return {
      kind: 'statements',
      sql: collected.map(statementText).join(';'),
      bytes:
        collected.length === 1 && collected[0] !== undefined
          ? collected[0].bytes
          : Buffer.concat(collected.map(({ bytes }) => bytes)),
    };
  }
}

/** A Query carries its text first; a Parse carries the statement's name, which is empty here, and then the text. */
function statementText(message: WireMessage): string {
  if (message.type === 'Q') return bodyText(message);
  return message.type === 'P' ? bodyText(message, 1) : '';
}

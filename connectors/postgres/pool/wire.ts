/**
 * The few messages of PostgreSQL's protocol, version 3, that the shared session has to understand (https://www.postgresql.org/docs/18/protocol-message-formats.html).
 * After the start-up message each one is a type byte, a big-endian int32 length that counts itself, and a body.
 */

export interface WireMessage {
  /** The type byte as a character. */
  readonly type: string;
  /** Whole message with type and length. */
  readonly bytes: Buffer;
}

/** Transaction status that ReadyForQuery tells: idle, in a transaction, in a failed transaction. */
export type SessionStatus = 'I' | 'T' | 'E';

const HEADER = 5;

/** Cuts complete messages off the front; the rest is to be given again with more bytes behind it. */
export function splitMessages(bytes: Buffer): {
  readonly messages: readonly WireMessage[];
  readonly rest: Buffer;
} {
  const messages: WireMessage[] = [];
  let from = 0;
  while (bytes.length - from >= HEADER) {
    const to = from + 1 + bytes.readInt32BE(from + 1);
    if (to > bytes.length) break;
    messages.push({ type: String.fromCharCode(bytes.readUInt8(from)), bytes: bytes.subarray(from, to) });
    from = to;
  }
  return { messages, rest: bytes.subarray(from) };
}

/** Text of the body from `offset` to its next zero byte. */
export function bodyText(message: WireMessage, offset = 0): string {
  const start = HEADER + offset;
  const end = message.bytes.indexOf(0, start);
  return message.bytes.toString('utf8', start, end < 0 ? message.bytes.length : end);
}

export function readyStatus(message: WireMessage): SessionStatus {
  return bodyText(message) as SessionStatus;
}

/** Channel of a NotificationResponse: after the int32 process id. */
export function notificationChannel(message: WireMessage): string {
  return bodyText(message, 4);
}

export function simpleQuery(sql: string): Buffer {
  return encode('Q', Buffer.from(`${sql}\0`));
}

export function readyForQuery(status: SessionStatus): Buffer {
  return encode('Z', Buffer.from(status));
}

export function commandComplete(tag: string): Buffer {
  return encode('C', Buffer.from(`${tag}\0`));
}

export function errorResponse(severity: 'ERROR' | 'FATAL', code: string, message: string): Buffer {
  return encode('E', Buffer.from(`S${severity}\0V${severity}\0C${code}\0M${message}\0\0`));
}

/** What a server says to a client that has just started: authenticated, its parameters, its key, ready. */
export function welcome(connection: number, parameters: Readonly<Record<string, string>>): Buffer {
  const key = Buffer.alloc(8);
  key.writeInt32BE(connection, 0);
  return Buffer.concat([
    encode('R', Buffer.alloc(4)),
    ...Object.entries(parameters).map(([name, value]) => encode('S', Buffer.from(`${name}\0${value}\0`))),
    encode('K', key),
    readyForQuery('I'),
  ]);
}

/** First column of the first row as text, or null. */
export function firstValue(message: WireMessage): string | null {
  const length = message.bytes.readInt32BE(HEADER + 2);
  return length < 0 ? null : message.bytes.toString('utf8', HEADER + 6, HEADER + 6 + length);
}

function encode(type: string, body: Buffer): Buffer {
  const message = Buffer.alloc(HEADER + body.length);
  message.write(type, 0, 'latin1');
  message.writeInt32BE(4 + body.length, 1);
  body.copy(message, HEADER);
  return message;
}

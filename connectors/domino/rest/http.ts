import type { Readable } from 'node:stream';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Absolute. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | StreamedBody;
}

/** A body that is not held in memory. `open` gives its `length` bytes, anew each time. */
export interface StreamedBody {
  readonly contentType: string;
  readonly length: number;
  open(): Readable;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentLength: number | null;
  /** To be read to its end, or destroyed. */
  readonly body: Readable;
}

/** The only thing that touches the network; rejects when no answer came. The signal also ends a body that is still coming. */
export interface HttpTransport {
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export function uploadHeaders({ contentType, length }: StreamedBody): Record<string, string> {
  return { 'content-type': contentType, 'content-length': String(length) };
}

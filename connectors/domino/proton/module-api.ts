/**
 * The part of `@domino/domino-db` that the connector uses, declared by us: the package is proprietary and not on npm.
 * Names follow HCL's AppDev Pack documentation and samples; everything answered is `unknown` until a schema has seen it.
 */
export interface DominoDbModule {
  useServer(config: DominoDbServerConfig): PromiseLike<DominoDbServer>;
}

export interface DominoDbServerConfig {
  readonly hostName: string;
  /** `port` is text in HCL's samples. */
  readonly connection: { readonly port: string; readonly secure: boolean };
  readonly credentials?: ProtonCredentials;
}

/** PEM contents. All three are required by the module when TLS is on. */
export interface ProtonCredentials {
  readonly rootCertificate: Buffer;
  readonly clientCertificate: Buffer;
  readonly clientKey: Buffer;
  readonly idFilePassword?: string;
}

export interface DominoDbServer {
  useDatabase(options: { readonly filePath: string }): PromiseLike<DominoDbDatabase>;
}

type Options = Readonly<Record<string, unknown>>;

/** Optional members exist only in later versions of the package; the connector asks before it uses them. */
export interface DominoDbDatabase {
  createDocument(options: Options): PromiseLike<unknown>;
  useDocument(options: { readonly unid: string }): PromiseLike<DominoDbDocument>;
  bulkReadDocuments(options: Options): PromiseLike<unknown>;
  bulkReadDocumentsByUnid(options: Options): PromiseLike<unknown>;
  bulkReplaceItems?(options: Options): PromiseLike<unknown>;
  bulkDeleteItems?(options: Options): PromiseLike<unknown>;
  bulkDeleteDocuments?(options: Options): PromiseLike<unknown>;
  bulkReadAttachmentStreamByUnid?(options: Options): PromiseLike<DominoDbStream>;
  bulkCreateAttachmentStream?(options: Options): PromiseLike<DominoDbFileWriter>;
  bulkDeleteAttachmentsByUnid?(options: Options): PromiseLike<unknown>;
  bulkReadRichTextStreamByUnid?(options: Options): PromiseLike<DominoDbStream>;
}

export interface DominoDbDocument {
  read(options: Options): PromiseLike<unknown>;
  replaceItems(options: Options): PromiseLike<unknown>;
  deleteItems(options: Options): PromiseLike<unknown>;
  delete(options: Options): PromiseLike<unknown>;
}

/** An event emitter: `file` or `field`, then `data`…, then `eof`, per part; `end` once; `error` instead of `end`. */
export interface DominoDbStream {
  on(event: string, listener: (value: unknown) => void): unknown;
  cancel?(): void;
  pause?(): void;
  resume?(): void;
}

/** `file`, then `write`…, per file; `end` once. Emits `response` with the files as they were stored, or `error`. */
export interface DominoDbFileWriter {
  on(event: string, listener: (value: unknown) => void): unknown;
  file(head: { readonly unid: string; readonly fileName: string }): unknown;
  write(bytes: Uint8Array): unknown;
  end(): unknown;
}

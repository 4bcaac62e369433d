import type { AccessListMethods } from './access-list.ts';
import type { Entry } from './bulk-response.ts';
import type { DatabaseDeletes } from './database-deletes.ts';
import type { DatabaseReads } from './database-reads.ts';
import type { DatabaseWrites } from './database-writes.ts';
import type { Method } from './define-method.ts';
import type { PartStream } from './part-stream.ts';
import type { ReadingStreams } from './streams-read.ts';
import type { WritingStreams } from './streams-write.ts';

/** The package's Server, deep-frozen. */
export interface ProtonServer {
  readonly getHostName: () => Promise<string>;
  readonly getConnection: () => Promise<{ readonly port: string; readonly secure: boolean }>;
  /** Asks nothing of the server. */
  readonly useDatabase: Method<ProtonDatabase>;
  readonly createDatabase: Method<void>;
  readonly deleteDatabase: Method<void>;
  readonly getFileSystemList: Method<{ readonly entries: readonly Entry[] }>;
}

/** The package's Database: what its documentation, samples and users show, without agents and DXL. */
export interface ProtonDatabase
  extends DatabaseReads,
    DatabaseWrites,
    DatabaseDeletes,
    ReadingStreams,
    WritingStreams,
    AccessListMethods {
  readonly getServer: () => Promise<ProtonServer>;
  readonly getFilePath: () => Promise<string>;
  /** Asks nothing of the server: a document that is not there shows at the first call on it. */
  readonly useDocument: Method<ProtonDocument>;
  /** No match creates, one is written to, more are refused. */
  readonly upsertDocument: Method<ProtonDocument>;
}

/** The package's Document. */
export interface ProtonDocument {
  readonly getUnid: () => string;
  readonly getDatabase: () => Promise<ProtonDatabase>;
  readonly read: Method<Entry>;
  readonly replaceItems: Method<void>;
  readonly replace: Method<void>;
  readonly delete: Method<void>;
  readonly deleteItems: Method<void>;
  readonly deleteAttachments: Method<void>;
  readonly readAttachmentStream: Method<PartStream>;
  readonly readRichTextStream: Method<PartStream>;
}

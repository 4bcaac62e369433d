import * as z from 'zod';

/**
 * What no public source settles about HCL's Domino REST API, and what differs between its versions. The default is the harsher reading of each: a client
 * that works with the defaults works with the others. `docs/embedded-domino.md`, "REST face", gives both behaviours and the source of each.
 */
export interface RestQuirks {
  /** Answer to a write whose `revision` is not the document's. The harsher one looks like missing rights. */
  readonly conflictStatus: 400 | 403 | 406 | 409 | 412;
  /** A write without `revision` where the schema requires one. */
  readonly missingRevision: 'refused' | 'accepted';
  /** A `revision` on a write where the schema requires none. */
  readonly unneededRevision: 'ignored' | 'checked';
  readonly bulkEtagShape: 'text' | 'object';
  /** A deleted or unreadable document in an answer of `bulk/etag`. */
  readonly bulkEtagGone: 'absent' | 'exists-false';
  readonly bulkMetaShape: 'meta' | 'flat';
  /** `statusCode`: `{status:"OK",statusCode:200}`; `statusText`: `{statusText:"OK",status:200}`. */
  readonly deleteShape: 'statusCode' | 'statusText';
  readonly editableName: 'editable' | 'isEditable';
  readonly etagInMeta: 'absent' | 'present';
  readonly warnings: 'absent' | 'present';
  /** What a field of format `float` keeps of a number, both ways. */
  readonly floatFormat: 'float32' | 'double';
  readonly unknownFields: 'dropped' | 'refused';
  /** A value whose JSON type is not the field's. */
  readonly mistypedValues: 'dropped' | 'refused';
  /** Values that a field declared single hides, when another field of the document is patched. */
  readonly patchOfHiddenValues: 'cut' | 'kept';
  /** A document that is there and may not be read. */
  readonly unreadableDocument: 404 | 403;
  readonly offsets: 'mixed' | 'utc';
  readonly timeRanges: 'omitted' | 'first';
  readonly queryFormula: 'absent' | 'present';
  readonly authExtend: 'absent' | 'present';
  readonly logout: 'token-stays-valid' | 'token-ends';
  /** Another method on a known path. */
  readonly unsupportedMethod: 204 | 404;
  /** A request with an `Origin` that the server does not list. */
  readonly unlistedOrigin: 'refused' | 'served';
  readonly defaultRichText: 'mime' | 'html';
  /** `richTextAs=mime`, asked for by name, of rich text that a Notes client wrote. */
  readonly mimeOfNotesRichText: 'fails' | 'converted';
  readonly emptyRichTextWrite: 'fails' | 'accepted';
  /** Whether an upload or removal of an attachment is a new revision of its document. */
  readonly attachmentRevision: 'moves' | 'stays';
  /** Names of the multipart parts that are taken as files. */
  readonly uploadParts: 'filename-only' | 'any';
  readonly totalCount: 'all' | 'readable';
  /** `key` on a categorized view without `scope=all`, over 500 documents. */
  readonly categorizedKey: 'cut-at-500' | 'complete';
  readonly infoKeys: 'with-space' | 'without-space';
  /** Answer when too many requests run at once. */
  readonly overloadStatus: 503 | 500;
  readonly modeInQueryString: 'ignored' | 'honoured';
  /** The query parameter `fields`, which is in no specification. */
  readonly fieldsParameter: 'ignored' | 'honoured';
  readonly arrays: 'one-per-line' | 'compact';
}

export const HARSH_REST_QUIRKS: RestQuirks = {
  conflictStatus: 403,
  missingRevision: 'refused',
  unneededRevision: 'ignored',
  bulkEtagShape: 'text',
  bulkEtagGone: 'absent',
  bulkMetaShape: 'meta',
  deleteShape: 'statusCode',
  editableName: 'editable',
  etagInMeta: 'absent',
  warnings: 'absent',
  floatFormat: 'float32',
  unknownFields: 'dropped',
  mistypedValues: 'dropped',
  patchOfHiddenValues: 'cut',
  unreadableDocument: 404,
  offsets: 'mixed',
  timeRanges: 'omitted',
  queryFormula: 'absent',
  authExtend: 'absent',
  logout: 'token-stays-valid',
  unsupportedMethod: 204,
  unlistedOrigin: 'refused',
  defaultRichText: 'mime',
  mimeOfNotesRichText: 'fails',
  emptyRichTextWrite: 'fails',
  attachmentRevision: 'moves',
  uploadParts: 'filename-only',
  totalCount: 'all',
  categorizedKey: 'cut-at-500',
  infoKeys: 'with-space',
  overloadStatus: 503,
  modeInQueryString: 'ignored',
  fieldsParameter: 'ignored',
  arrays: 'one-per-line',
};

export const REST_SWITCHES: { readonly [K in keyof RestQuirks]: z.ZodType<RestQuirks[K]> } = {
  conflictStatus: z.literal([400, 403, 406, 409, 412]),
  missingRevision: z.enum(['refused', 'accepted']),
  unneededRevision: z.enum(['ignored', 'checked']),
  bulkEtagShape: z.enum(['text', 'object']),
  bulkEtagGone: z.enum(['absent', 'exists-false']),
  bulkMetaShape: z.enum(['meta', 'flat']),
  deleteShape: z.enum(['statusCode', 'statusText']),
  editableName: z.enum(['editable', 'isEditable']),
  etagInMeta: z.enum(['absent', 'present']),
  warnings: z.enum(['absent', 'present']),
  floatFormat: z.enum(['float32', 'double']),
  unknownFields: z.enum(['dropped', 'refused']),
  mistypedValues: z.enum(['dropped', 'refused']),
  patchOfHiddenValues: z.enum(['cut', 'kept']),
  unreadableDocument: z.literal([404, 403]),
  offsets: z.enum(['mixed', 'utc']),
  timeRanges: z.enum(['omitted', 'first']),
  queryFormula: z.enum(['absent', 'present']),
  authExtend: z.enum(['absent', 'present']),
  logout: z.enum(['token-stays-valid', 'token-ends']),
  unsupportedMethod: z.literal([204, 404]),
  unlistedOrigin: z.enum(['refused', 'served']),
  defaultRichText: z.enum(['mime', 'html']),
  mimeOfNotesRichText: z.enum(['fails', 'converted']),
  emptyRichTextWrite: z.enum(['fails', 'accepted']),
  attachmentRevision: z.enum(['moves', 'stays']),
  uploadParts: z.enum(['filename-only', 'any']),
  totalCount: z.enum(['all', 'readable']),
  categorizedKey: z.enum(['cut-at-500', 'complete']),
  infoKeys: z.enum(['with-space', 'without-space']),
  overloadStatus: z.literal([503, 500]),
  modeInQueryString: z.enum(['ignored', 'honoured']),
  fieldsParameter: z.enum(['ignored', 'honoured']),
  arrays: z.enum(['one-per-line', 'compact']),
};

/** Some switches, by name. Throws an error that names every wrong one. */
export function parseRestQuirks(input: unknown): Partial<RestQuirks> {
  const result = z.strictObject(REST_SWITCHES).partial().safeParse(input);
  if (!result.success) throw new Error(`these are no switches of the face: ${z.prettifyError(result.error)}`);
  return result.data as Partial<RestQuirks>;
}

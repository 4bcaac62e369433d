import type { RestQuirks } from '../rest/rest-quirks.ts';
import type { SwitchText } from './switch-text.ts';

/** What the switches of the face of HCL's Domino REST API are about. */
export const REST_TEXTS: Readonly<Record<keyof RestQuirks, SwitchText>> = {
  conflictStatus: {
    question: 'answer to a stale `revision`',
    source: "the specification lists 400, 403, 500, 501; HCL's javadoc knows 409 and 412",
  },
  missingRevision: { question: 'a write without one where it is required', source: 'not published' },
  unneededRevision: {
    question: 'a `revision` where none is required',
    source: 'a production application sends an invented one',
  },
  bulkEtagShape: {
    question: '`{UNID: "W/…"}` or `{UNID: {exists, etag}}`',
    source: 'example and schema of the specification',
  },
  bulkEtagGone: { question: 'a deleted or unreadable document there', source: 'not published' },
  bulkMetaShape: {
    question: '`@meta`, or `@unid`, `@noteid`, … without a revision',
    source: 'recorded answers; examples of 2022',
  },
  deleteShape: {
    question: '`{status, statusCode}` or `{statusText, status}`',
    source: 'specification; SDK fixtures',
  },
  editableName: { question: 'name in `@meta`', source: 'recorded answers; specification' },
  etagInMeta: { question: 'whether `@meta` has an ETag', source: 'differs between samples' },
  warnings: { question: 'whether `@warnings` names items without a value', source: 'recorded answers only' },
  floatFormat: { question: 'a number in a field of format `float`', source: 'field report' },
  unknownFields: { question: 'a field that the mode does not have', source: 'field report' },
  mistypedValues: { question: 'a value of another type', source: 'field report' },
  patchOfHiddenValues: {
    question: 'values hidden by a single field, when another field is patched',
    source: 'not published',
  },
  unreadableDocument: {
    question: 'a document that may not be read',
    source: 'error 1029 says "you can access"',
  },
  offsets: { question: 'offsets of times in one answer', source: 'documentation, data formats' },
  timeRanges: { question: 'time ranges', source: 'no documented type' },
  queryFormula: { question: 'before, since 1.1.6', source: 'release notes' },
  authExtend: { question: '`/auth/extend`', source: 'in 1.2.1, 1.3.0, 1.42.6; not in 1.3.7' },
  logout: { question: 'whether a logout ends the token', source: 'OpenNTF SDK documentation; specification' },
  unsupportedMethod: { question: 'another method on a known path', source: 'release notes 1.1.3.1' },
  unlistedOrigin: { question: 'since, before 1.1.3', source: 'release notes' },
  defaultRichText: { question: '`richTextAs` not given', source: 'documentation; specification' },
  mimeOfNotesRichText: { question: '`richTextAs=mime` of Notes rich text', source: 'field report' },
  emptyRichTextWrite: { question: 'an empty rich text object', source: 'field report' },
  attachmentRevision: { question: 'whether an upload changes the revision', source: 'not published' },
  uploadParts: { question: 'name of the multipart part', source: 'specification; field report' },
  totalCount: { question: 'what `X-totalcount` counts', source: 'documentation of view totals' },
  categorizedKey: {
    question: '`key` on a categorized view without `scope=all`',
    source: 'release notes 1.1.7',
  },
  infoKeys: {
    question: '`Keep Properties` or `KeepProperties`',
    source: 'example and schema of the specification',
  },
  overloadStatus: { question: 'too many requests at once', source: 'not published' },
  modeInQueryString: { question: '`mode` in the address of `/query`', source: 'field report' },
  fieldsParameter: { question: '`fields=` on a document', source: 'one blog; no specification' },
  arrays: { question: 'line ends in arrays', source: 'documentation; not promised' },
};

import type { ProtonQuirks } from '../proton/quirks.ts';
import type { DqlSwitches } from '../dql/switches.ts';
import type { SwitchText } from './switch-text.ts';

/** What the switches of the face of `@domino/domino-db` are about. */
export const PROTON_TEXTS: Readonly<Record<keyof Omit<ProtonQuirks, keyof DqlSwitches>, SwitchText>> = {
  modifiedIs: {
    question: 'which time `@modified` shows',
    source: 'no source; formula documentation tells `@Modified` from `@ModifiedInThisFile`',
  },
  unreadableInQuery: {
    question: 'what a query gives for a note hidden by Readers',
    source: 'HCL sample (oauth-enabled-web-app) filters such entries',
  },
  unreadableByUnid: { question: 'what a read by UNID gives for it', source: 'no source' },
  oneElementList: { question: 'how a stored list of one value comes back', source: 'no source' },
  allOnEmptyDatabase: { question: '`@all` on an empty database', source: 'HCL sample, SPR JCUSBUVQB5' },
  noDocuments: {
    question: 'whether an empty answer has `documents`',
    source: 'HCL sample defends against its absence',
  },
  onErrorDefault: {
    question: 'what happens to the others when nothing is said',
    source: "no source; the default of IBM's flow nodes is to continue",
  },
  errorEntries: {
    question: 'whether `@error` has a code',
    source: 'HCL sample and advanced page read its message only',
  },
  unknownOptions: {
    question: 'options that the method does not know',
    source: "the package checks with joi (lockfiles of HCL's sample), whose default is to refuse",
  },
  arrayShorthand: {
    question: 'plain arrays as values on a write',
    source: "HCL's samples and schema page write lists in the long form",
  },
  canonicalFormat: { question: 'whether the option exists', source: 'community type file only' },
  queryThenWrite: {
    question: 'whether others can write between the search and the write of one call',
    source: 'no source',
  },
  richText: {
    question: 'composite data records, or the bytes as stored',
    source: 'AppDev Pack Java documentation: the raw composite data',
  },
  maxDocuments: { question: 'documents in one call', source: "IBM's flow nodes, for `count` only" },
  numberText: {
    question: 'digits as text in `start`, `count`, limits',
    source: "IBM's flow nodes pass their form fields so",
  },
  emptyUnids: {
    question: '`unids: []`',
    source: "HCL sample passes it without a guard, under Node's strict mode for rejections",
  },
  portNumber: { question: 'a port as a number', source: "what HCL's sample reads from its YAML file" },
  rootConstants: {
    question: '`onError`, `errorCodes` beside `useServer`',
    source: "used on HCL's advanced page, denied by its quick start",
  },
};

import type { DqlSwitches } from '../dql/switches.ts';
import type { SwitchText } from './switch-text.ts';

/** What the switches of DQL are about. */
export const DQL_TEXTS: Readonly<Record<keyof DqlSwitches, SwitchText>> = {
  scanLimits: {
    question: 'how much a query may scan: 200,000 documents and 120 s, or 500,000 and 300 s',
    source: 'Designer help, scanning limits; LotusScript, Java, C API pages',
  },
  partialDates: {
    question: '`@dt` of a date or a time alone: nothing is found, or as documented',
    source: "IBM's lab on Domino 10; Designer help since 11",
  },
  viewSelection: {
    question:
      "`'view'.column` of a view that selects less than all: refused, or only its documents are found",
    source:
      "Designer help demands Select @All; a field report on 12 finds the view's documents without a word",
  },
  viewIndex: {
    question: 'whether views answer as they were built, or as if refreshed before each query',
    source:
      'queries do not refresh views unless told to (LotusScript `RefreshViews`); the package has no such option',
  },
  fullTextIndex: { question: 'how far the full-text index lags behind', source: 'no source' },
  inNeedsCatalog: {
    question: "whether `in ('view')` fails without a design catalog",
    source: "a field report on 12 sees `in` fail; Designer help 10.0.1 says only `'view'.column` fails",
  },
  fieldInAll: {
    question: 'a field `in all` of a list: it holds every value, or nothing but them',
    source: 'Designer help words it as excluding all but the list',
  },
  emptyText: {
    question: 'where empty text sorts',
    source: 'IBM, DQL restrictions for 10.0.0, fixed in 10.0.1',
  },
  backslash: {
    question: 'a backslash in the name of a view: escapes what follows, or stands for itself',
    source: 'field report on 12',
  },
  notEqual: { question: 'whether `!=` is an operator', source: "in one example of HCL's, not in the syntax" },
  propertyTerms: {
    question:
      'what terms on times and UNIDs are charged for: every document, or what they narrow the scan to',
    source: 'the samples of explain print them as document scans',
  },
};

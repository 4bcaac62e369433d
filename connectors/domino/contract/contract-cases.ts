import { contentCases } from './cases/contents.ts';
import { readingCases } from './cases/readings.ts';
import { refusalCases } from './cases/refusals.ts';
import { sliceCases } from './cases/slices.ts';
import { valueCases } from './cases/values.ts';
import { writeCases } from './cases/writes.ts';
import type { ContractCase } from './contract-case.ts';

/** What every implementation of the port NotesDatabase must do. Plain data: a live server is tested without a test framework. */
export const contractCases: readonly ContractCase[] = [
  ...sliceCases,
  ...readingCases,
  ...valueCases,
  ...writeCases,
  ...contentCases,
  ...refusalCases,
];

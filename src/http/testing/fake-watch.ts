import type { AppDeps } from '../app-deps.ts';

/** A bridge in which nothing has happened yet; what a test needs it gives itself. */
export const quietWatch: AppDeps['watch'] = {
  summaries: async () => [],
  series: async () => [],
  checkpoints: async () => [],
  passes: async () => [],
  runningPasses: async () => [],
  documents: async () => [],
  findDocuments: async () => [],
  searchJournal: async () => [],
  releaseRequests: async () => [],
};

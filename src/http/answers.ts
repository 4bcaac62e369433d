import { problemSchema } from './problem.ts';

/** The problems that every guarded route can answer with; spread into `schema.response`. */
export const problemAnswers = {
  '4xx': {
    description: 'Refused; `code` says why',
    content: { 'application/problem+json': { schema: problemSchema } },
  },
  '5xx': { description: 'Failed here', content: { 'application/problem+json': { schema: problemSchema } } },
} as const;

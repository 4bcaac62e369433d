import type { RouteExamples } from './route-example.ts';

const V1 = '/api/ops/v1';

export const OPERATIONS_EXAMPLES: RouteExamples = {
  [`get ${V1}/links`]: {},
  [`get ${V1}/links/{link}`]: { path: { link: 'tac-nghiep' } },
  [`get ${V1}/journal/{link}`]: { path: { link: 'tac-nghiep' }, query: { after: 0, limit: 50 } },
  [`get ${V1}/links/{link}/notes/{unid}`]: {
    path: { link: 'tac-nghiep', unid: 'F5E724C02ADD2AE247258EB80040002C' },
  },
  [`get ${V1}/conflicts`]: { query: { link: 'tac-nghiep', state: 'open' } },
  [`get ${V1}/quarantine`]: { query: { link: 'tac-nghiep' } },
  [`get ${V1}/withheld`]: {},
  [`get ${V1}/jobs`]: {},
  [`get ${V1}/operations`]: {},
};

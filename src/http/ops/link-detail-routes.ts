import { z } from 'zod';
import { INSIDE } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';
import { ProblemError } from '../problem.ts';
import { text } from '../text-schema.ts';
import { headOf } from './preview-heads.ts';
import { linkDetailSchema, previewHead, previewSchema } from './watch-schema.ts';

const PASSES = 30;
const CHECKPOINTS = 20;
const PREVIEWS = 10;

export function addLinkDetailRoutes(
  app: HttpApp,
  { store, watch, facts }: Pick<AppDeps, 'store' | 'watch' | 'facts'>,
): void {
  app.get(
    '/api/ops/v1/links/:link/detail',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary:
          'One link: configuration, capabilities, files and marks, checkpoints, passes, lists to decide',
        params: z.object({ link: text(100) }),
        response: { 200: linkDetailSchema, ...problemAnswers },
      },
    },
    async ({ params }) => {
      const fact = facts.find((one) => one.linkId === params.link);
      const row = fact === undefined ? null : await store.link(params.link);
      if (fact === undefined || row === null) throw new ProblemError('not-found');
      const [counts, marks, checkpoints, passes, previews, requests] = await Promise.all([
        store.counts(row.linkId),
        store.instances(row.linkId),
        watch.checkpoints(row.linkId, CHECKPOINTS),
        watch.passes(row.linkId, PASSES),
        store.previews(row.linkId, PREVIEWS),
        watch.releaseRequests(),
      ]);
      const active = row.wantedInstance ?? row.activeInstance ?? fact.instances[0];
      return {
        facts: { ...fact, capabilities: { ...fact.capabilities } },
        blocked: counts.blocked,
        withheldByReason: counts.withheldByReason,
        openIntents: counts.openIntents,
        tombstones: counts.tombstones,
        releasedUntil: row.releasedUntil,
        wantedInstance: row.wantedInstance,
        sweepDue: row.sweepDue,
        instances: fact.instances.map((instance) => {
          const mark = marks.find((one) => one.instanceId === instance);
          return {
            instance,
            active: instance === active,
            generation: mark?.generation ?? 0,
            markedAt: mark?.markedAt ?? null,
            trusted: mark?.trusted ?? false,
          };
        }),
        checkpoints,
        passes,
        previews: previews.map((preview) => headOf(preview, requests)),
      };
    },
  );

  app.get(
    '/api/ops/v1/previews',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'Lists of what a run would do: those that wait for a person and those decided, newest first',
        querystring: z.strictObject({ link: text(100).optional() }),
        response: { 200: z.object({ previews: z.array(previewHead) }), ...problemAnswers },
      },
    },
    async ({ query }) => {
      const requests = await watch.releaseRequests();
      const previews = [];
      for (const { linkId } of facts)
        if ((query.link ?? linkId) === linkId)
          for (const row of await store.previews(linkId, PREVIEWS)) previews.push(headOf(row, requests));
      return { previews: previews.sort((a, b) => b.at.localeCompare(a.at)) };
    },
  );

  app.get(
    '/api/ops/v1/previews/:id',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'One list, document by document; names of fields, never values',
        params: z.object({ id: text(100) }),
        response: { 200: previewSchema, ...problemAnswers },
      },
    },
    async ({ params }) => {
      const row = await store.preview(params.id);
      if (row === null) throw new ProblemError('not-found');
      return { ...headOf(row, await watch.releaseRequests()), entries: row.entries };
    },
  );
}

import { z } from 'zod';
import { UNID_PATTERN } from '../../sync/note.ts';
import { INSIDE } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';
import { ProblemError } from '../problem.ts';
import { text } from '../text-schema.ts';
import { abortOnDisconnect } from './abort-on-disconnect.ts';

const itemSchema = z.object({
  type: z.enum(['text', 'number', 'datetime']),
  values: z.array(z.union([z.string(), z.number()])).readonly(),
  list: z.boolean().optional(),
  names: z.boolean().optional(),
});

const REFUSED = {
  withheld: 'note-withheld',
  unreadable: 'note-unreadable',
  missing: 'note-missing',
} as const;

export function addNoteRoute(app: HttpApp, { liveNote }: Pick<AppDeps, 'liveNote'>): void {
  app.get(
    '/api/ops/v1/links/:link/notes/:unid',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'One released note as it stands on the server now: mapped items only',
        params: z.object({
          link: text(100),
          unid: z.string().regex(UNID_PATTERN, 'A UNID has 32 upper-case hex digits'),
        }),
        response: {
          200: z.object({
            unid: z.string(),
            form: z.string(),
            created: z.string(),
            modified: z.string(),
            items: z.record(z.string(), itemSchema),
          }),
          ...problemAnswers,
        },
      },
    },
    async ({ params }, reply) => {
      const note = await liveNote(params.link, params.unid, abortOnDisconnect(reply).signal);
      if (note.kind !== 'note') throw new ProblemError(REFUSED[note.kind]);
      return note;
    },
  );
}

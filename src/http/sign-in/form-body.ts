import type { HttpApp } from '../http-app.ts';
import { ProblemError } from '../problem.ts';

/** Lets the routes of this scope take what an HTML form sends. A field that comes twice is refused: readers would differ on which one counts. */
export function readFormBodies(app: HttpApp): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer', bodyLimit: 16_384 },
    (_request, body, done) => {
      let text: string;
      try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body));
      } catch {
        done(new ProblemError('bad-encoding'));
        return;
      }
      const fields = [...new URLSearchParams(text)];
      const form = new Map(fields);
      if (form.size < fields.length) done(new ProblemError('bad-request'));
      else done(null, Object.fromEntries(form));
    },
  );
}

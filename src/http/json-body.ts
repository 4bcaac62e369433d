import type { HttpApp } from './http-app.ts';
import { ProblemError } from './problem.ts';

/**
 * Reads JSON bodies strictly: bytes that are not UTF-8 are refused instead of being replaced, and so are keys that reach for prototypes. Other
 * content types are not taken.
 */
export function readJsonBodies(app: HttpApp): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body));
    } catch {
      done(new ProblemError('bad-encoding'));
      return;
    }
    void parse(request, text, done);
  });
}

import type { HttpReply } from '../http-app.ts';

/** Aborted when the connection closes before the answer is complete. */
export function abortOnDisconnect(reply: Pick<HttpReply, 'raw'>): AbortController {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new Error('The client went away.'));
  });
  return controller;
}

import { LogController } from 'fastify';

/** What the framework logs of its own accord, without the addresses and error messages that it would put in. */
export class FrameworkLog extends LogController {
  /** One line per request is written by `logRequests`. */
  override incomingRequest(): void {}
  override requestCompleted(): void {}
  override routeNotFound(): void {}

  override defaultErrorLog(...[error, , reply]: Parameters<LogController['defaultErrorLog']>): void {
    reply.log.error({ err: error }, 'request failed');
  }

  override writeHeadError(...[error, , reply]: Parameters<LogController['writeHeadError']>): void {
    reply.log.warn({ err: error }, 'the head of the answer could not be written');
  }
}

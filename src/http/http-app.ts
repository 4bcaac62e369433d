import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

/** The application as routes see it: schemas are zod's. */
export type HttpApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export type HttpRequest = Pick<FastifyRequest, 'id' | 'headers' | 'ip' | 'raw' | 'routeOptions' | 'is404'>;
export type HttpReply = Pick<FastifyReply, 'code' | 'header' | 'type' | 'send' | 'raw'>;

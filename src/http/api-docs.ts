import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { OPEN } from './access.ts';
import { addExamples } from './examples/add-examples.ts';
import type { HttpApp } from './http-app.ts';

/** Collects the OpenAPI description; before any route. */
export function describeApi(app: HttpApp, cookieName: string): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Party member bridge',
        description:
          'Handbook API (`/api/handbook/v1`, accounts of the outside zone) and operations API (`/api/ops/v1`, accounts of the inside zone). ' +
          'Errors are RFC 9457 problems with a stable `code`.',
        version: '1',
      },
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'The token that POST /api/session answers.',
          },
          cookie: {
            type: 'apiKey',
            in: 'cookie',
            name: cookieName,
            description: 'Set by /sign-in. All but GET then also needs X-CSRF-Token, from GET /api/session.',
          },
        },
      },
      tags: [
        { name: 'health', description: 'For load balancers and monitors' },
        { name: 'session', description: 'Logging in and out' },
        { name: 'handbook', description: 'Released records, for members and the handbook application' },
        { name: 'operations', description: 'What the bridge does and what it needs from its operators' },
      ],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) =>
      addExamples('openapiObject' in document ? document.openapiObject : document.swaggerObject),
  });
}

/** The page at `/docs`, its JSON at `/docs/json`. The description holds no data, so it is open like the health routes. */
export function serveApiDocs(app: HttpApp): void {
  app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: OPEN };
    });
    scope.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP:
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    });
  });
}

import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';
import { addBlobRoutes } from './blob-routes.ts';
import { addFeedRoute } from './feed-route.ts';
import { FeedWatch } from './feed-watch.ts';
import { addMutationRoute } from './mutation-route.ts';
import { addRecordRoutes } from './record-routes.ts';
import { addSearchRoute } from './search-route.ts';
import { addStreamRoute } from './stream-route.ts';
import { addUploadRoutes } from './upload-routes.ts';

/** The handbook API, `/api/handbook/v1`: accounts of the outside zone. It speaks to the handbook alone, never to the inside. */
export function addHandbookRoutes(
  app: HttpApp,
  deps: Pick<AppDeps, 'readers' | 'entitySchemas' | 'uploads' | 'inspector' | 'clock'>,
): void {
  addRecordRoutes(app, deps);
  addSearchRoute(app, deps);
  const watch = new FeedWatch(deps.readers);
  addFeedRoute(app, deps, watch);
  app.register(async (scope) => addStreamRoute(scope.withTypeProvider<ZodTypeProvider>(), deps, watch));
  addBlobRoutes(app, deps);
  addMutationRoute(app, deps);
  app.register(async (scope) => addUploadRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps));
}

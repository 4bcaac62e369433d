import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';
import { addBlobRoutes } from './blob-routes.ts';
import { addFeedRoute } from './feed-route.ts';
import { addMutationRoute } from './mutation-route.ts';
import { addRecordRoutes } from './record-routes.ts';
import { addSearchRoute } from './search-route.ts';

/** The handbook API, `/api/handbook/v1`: accounts of the outside zone. It speaks to the handbook alone, never to the inside. */
export function addHandbookRoutes(
  app: HttpApp,
  deps: Pick<AppDeps, 'readers' | 'entitySchemas' | 'clock'>,
): void {
  addRecordRoutes(app, deps);
  addSearchRoute(app, deps);
  addFeedRoute(app, deps);
  addBlobRoutes(app, deps);
  addMutationRoute(app, deps);
}

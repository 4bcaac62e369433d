import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';
import { addBlobRoutes } from './blob-routes.ts';
import { addFeedRoute } from './feed-route.ts';
import { addMutationRoute } from './mutation-route.ts';
import { addRecordRoutes } from './record-routes.ts';

/** The handbook API, `/api/handbook/v1`: accounts of the outside zone. It speaks to the handbook alone, never to the inside. */
export function addHandbookRoutes(
  app: HttpApp,
  deps: Pick<AppDeps, 'members' | 'entitySchemas' | 'shownRecords' | 'localToken'>,
): void {
  addRecordRoutes(app, deps);
  addFeedRoute(app, deps);
  addBlobRoutes(app, deps);
  addMutationRoute(app, deps);
}

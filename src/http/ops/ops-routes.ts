import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';
import { addCaseRoutes } from './case-routes.ts';
import { addJobRoutes } from './job-routes.ts';
import { addLinkRoutes } from './link-routes.ts';
import { addNoteRoute } from './note-route.ts';
import { addOperationRoutes } from './operation-routes.ts';

/** The operations API, `/api/ops/v1`: accounts of the inside zone. */
export function addOpsRoutes(app: HttpApp, deps: AppDeps): void {
  addLinkRoutes(app, deps);
  addNoteRoute(app, deps);
  addCaseRoutes(app, deps);
  addJobRoutes(app, deps);
  addOperationRoutes(app, deps);
}

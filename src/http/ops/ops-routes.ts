import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';
import { addCaseRoutes } from './case-routes.ts';
import { addDocumentRoutes } from './document-routes.ts';
import { addJobRoutes } from './job-routes.ts';
import { addJournalRoutes } from './journal-routes.ts';
import { addLinkDetailRoutes } from './link-detail-routes.ts';
import { addLinkRoutes } from './link-routes.ts';
import { addNoteRoute } from './note-route.ts';
import { addOperationRoutes } from './operation-routes.ts';
import { addOverviewRoutes } from './overview-routes.ts';

/** The operations API, `/api/ops/v1`: accounts of the inside zone. */
export function addOpsRoutes(app: HttpApp, deps: AppDeps): void {
  addLinkRoutes(app, deps);
  addNoteRoute(app, deps);
  addCaseRoutes(app, deps);
  addJobRoutes(app, deps);
  addLinkDetailRoutes(app, deps);
  addDocumentRoutes(app, deps);
  addJournalRoutes(app, deps);
  app.register(async (scope) => addOverviewRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps));
  addOperationRoutes(app, deps);
}

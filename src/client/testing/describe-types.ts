import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { testApp } from '../../http/testing/test-app.ts';

const HEAD = '// Made by `npm run client-types` from the OpenAPI page of the handbook API. Do not edit.\n\n';

/** The TypeScript types of the handbook API, from what the running application says of itself. */
export async function describeTypes(): Promise<string> {
  const t = testApp();
  const document = (await t.app.inject('/docs/json')).json() as OpenAPI3;
  await t.app.close();
  const ours = Object.entries(document.paths ?? {}).filter(
    ([path]) => path === '/api/session' || path.startsWith('/api/handbook/v1/'),
  );
  const schema = { ...document, paths: Object.fromEntries(ours) };
  return HEAD + astToString(await openapiTS(schema));
}

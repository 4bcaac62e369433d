import { readFileSync } from 'node:fs';

type Methods = Record<string, { operationId?: string } & Record<string, unknown>>;

/** HCL's specification as far as the face reads it. */
export interface Specification {
  readonly info: { readonly version: string; readonly title: string };
  readonly paths: Record<string, Methods>;
}

let published: string | undefined;

/** HCL's basis specification 1.3.7 (Apache-2.0), read from its file once; a copy of the caller's own each time. */
export function publishedSpecification(): Specification {
  published ??= readFileSync(new URL('drapi-basis.json', import.meta.url), 'utf8');
  return JSON.parse(published) as Specification;
}

/** The specification that a face with these operations serves: others are left out, newer ones are added. */
export function servedSpecification(operationIds: ReadonlySet<string>): Specification {
  const specification = publishedSpecification();
  const paths: Record<string, Methods> = {};
  for (const [path, methods] of Object.entries({ ...specification.paths, ...ADDED })) {
    const served = Object.entries(methods).filter(
      ([, { operationId }]) => operationId === undefined || operationIds.has(operationId),
    );
    if (served.some(([, { operationId }]) => operationId !== undefined))
      paths[path] = Object.fromEntries(served);
  }
  return { ...specification, paths };
}

const parameter = (name: string, required: boolean, type: string) => ({
  name,
  in: 'query',
  required,
  schema: { type },
});

const answers = (of: object) => ({
  200: { description: 'Success', content: { 'application/json': { schema: of } } },
});

const body = (properties: Record<string, object>, required: readonly string[]) => ({
  required: true,
  content: { 'application/json': { schema: { type: 'object', properties, required } } },
});

/** Operations of other versions than the published one, in the words of the sources that describe them. */
const ADDED: Record<string, Methods> = {
  '/auth/extend': {
    post: {
      operationId: 'authRenewJwt',
      summary: 'Get a new JWT for processing',
      requestBody: body({ bearer: { type: 'string' } }, ['bearer']),
      responses: answers({ $ref: '#/components/schemas/AuthResult' }),
    },
  },
  '/queryformula': {
    post: {
      operationId: 'queryFormula',
      summary: 'Documents by formula, changed since a time',
      parameters: [
        parameter('dataSource', true, 'string'),
        parameter('start', false, 'integer'),
        parameter('count', false, 'integer'),
        parameter('richTextAs', false, 'string'),
      ],
      requestBody: body(
        {
          query: { type: 'string' },
          mode: { type: 'string' },
          forms: { type: 'array', items: { type: 'string' } },
          includeFormAlias: { type: 'boolean' },
          markRead: { type: 'boolean' },
          since: { type: 'string', format: 'date-time' },
          sinceSecondsAgo: { type: 'integer' },
        },
        ['query'],
      ),
      responses: answers({ type: 'array', items: {} }),
    },
  },
};

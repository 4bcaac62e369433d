import { HANDBOOK_EXAMPLES } from './handbook-examples.ts';
import { OPERATIONS_EXAMPLES } from './operations-examples.ts';
import type { RouteExample, RouteExamples } from './route-example.ts';
import { SESSION_EXAMPLES } from './session-examples.ts';

export const EXAMPLES: RouteExamples = { ...SESSION_EXAMPLES, ...HANDBOOK_EXAMPLES, ...OPERATIONS_EXAMPLES };

interface OperationObject {
  readonly parameters?: { readonly name: string; readonly in: string; example?: unknown }[];
  requestBody?: { readonly content: Record<string, { schema?: object; example?: unknown }> };
  readonly responses: Record<string, { readonly content?: Record<string, { example?: unknown }> }>;
}

/** Writes the examples into the OpenAPI document. */
export function addExamples<Document extends { readonly paths?: object }>(document: Document): Document {
  const copy = structuredClone(document);
  for (const [path, methods] of Object.entries(copy.paths ?? {})) {
    for (const [method, operation] of Object.entries(methods)) {
      const example = EXAMPLES[`${method} ${path}`];
      if (example !== undefined) write(operation as OperationObject, example);
    }
  }
  return copy;
}

function write(operation: OperationObject, example: RouteExample): void {
  const { parameters, responses } = operation;
  for (const parameter of parameters ?? []) {
    const given = { path: example.path, query: example.query, header: example.headers }[parameter.in];
    if (given?.[parameter.name] !== undefined) parameter.example = given[parameter.name];
  }
  if (example.body !== undefined) {
    // A body that no schema reads is not in the document yet: bytes.
    const type = example.headers?.['content-type'] ?? 'application/json';
    operation.requestBody ??= { content: { [type]: { schema: { type: 'string', format: 'binary' } } } };
    fill(operation.requestBody.content, example.body);
  }
  if (example.answer === undefined) return;
  for (const status of ['200', '201']) fill(responses[status]?.content, example.answer);
}

function fill(content: Record<string, { example?: unknown }> | undefined, example: unknown): void {
  for (const media of Object.values(content ?? {})) media.example = example;
}

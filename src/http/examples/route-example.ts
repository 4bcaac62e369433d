/** One request of a route and what it is answered; part of the OpenAPI page, and sent by a test. All people are invented. */
export interface RouteExample {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, with the content type of `headers`; everything else as JSON. */
  readonly body?: unknown;
  /** Left out where the answer is no JSON, or is that of the operations API. */
  readonly answer?: unknown;
}

/** By method and path as the OpenAPI page writes them. */
export type RouteExamples = Readonly<Record<string, RouteExample>>;

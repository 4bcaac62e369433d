/** A refusal of the API (RFC 9457): decide by `code`. Those of {@link isPassing} codes may go through later, the others will not. */
export class HandbookProblem extends Error {
  override readonly name = 'HandbookProblem';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, title: string) {
    super(`${title} (${code})`);
    this.status = status;
    this.code = code;
  }
}

/** The problem that an answer holds; null for a good one. */
export async function problemIn(answer: Response): Promise<HandbookProblem | null> {
  if (answer.ok || answer.status === 304) return null;
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => null);
  const field = (name: string, otherwise: string) => {
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
    return typeof value === 'string' ? value : otherwise;
  };
  return new HandbookProblem(answer.status, field('code', 'unknown'), field('title', answer.statusText));
}

export function isPassing(status: number): boolean {
  return status === 429 || status >= 500;
}

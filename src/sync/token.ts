import type { Token } from './note.ts';

/** Tokens tell states apart within one kind only; no token equals nothing. */
export function sameToken(a: Token | null, b: Token | null): boolean {
  return a !== null && b !== null && a.kind === b.kind && a.value === b.value;
}

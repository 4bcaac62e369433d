/** Whether `If-None-Match` names this strong tag (RFC 9110 §13.1.2; comparison is weak). */
export function matchesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((given) => {
    const trimmed = given.trim();
    return trimmed === '*' || trimmed.replace(/^W\//, '') === tag;
  });
}

/** One place of a pattern: which characters it takes, once or any number of times. */
interface Unit {
  readonly takes: (character: string) => boolean;
  readonly many: boolean;
}

const ANY = (): boolean => true;

/**
 * @Matches' patterns of characters and wildcards: `?` one character, `*` any, `{A-Z}` one of a set, `{!A-Z}` one of none of it, `+x` any number of x, `\`
 * the character behind it (Designer help, @Matches). Logical operators between patterns are not modelled: their signs stand for themselves.
 */
export function matchesPattern(text: string, pattern: string): boolean {
  const units: Unit[] = [];
  const signs = Array.from(pattern);
  for (let at = 0; at < signs.length; ) {
    const many = signs[at] === '+' && at + 1 < signs.length;
    const { unit, length } = unitAt(signs, many ? at + 1 : at);
    units.push(many ? { ...unit, many } : unit);
    at += length + (many ? 1 : 0);
  }
  return fits(text, units);
}

/** @Like: `%` any characters, `_` one. */
export function isLike(text: string, pattern: string): boolean {
  const units = Array.from(pattern).map((sign): Unit => {
    if (sign === '%') return { takes: ANY, many: true };
    return { takes: sign === '_' ? ANY : (one) => one === sign, many: false };
  });
  return fits(text, units);
}

/** All places that the pattern may have come to are followed at once, so that no pattern takes longer than its length times the text's. */
function fits(text: string, units: readonly Unit[]): boolean {
  let places = withSkips(new Set([0]), units);
  for (const character of text) {
    const next = new Set<number>();
    for (const place of places) {
      const unit = units[place];
      if (unit?.takes(character) === true) next.add(unit.many ? place : place + 1);
    }
    places = withSkips(next, units);
    if (places.size === 0) return false;
  }
  return places.has(units.length);
}

/** A unit that takes any number may take none. */
function withSkips(places: Set<number>, units: readonly Unit[]): Set<number> {
  for (const place of places) if (units[place]?.many === true) places.add(place + 1);
  return places;
}

function unitAt(signs: readonly string[], at: number): { readonly unit: Unit; readonly length: number } {
  const sign = signs[at] ?? '';
  const single = (character: string): Unit => ({ takes: (one) => one === character, many: false });
  if (sign === '\\' && at + 1 < signs.length) return { unit: single(signs[at + 1] ?? ''), length: 2 };
  if (sign === '?') return { unit: { takes: ANY, many: false }, length: 1 };
  if (sign === '*') return { unit: { takes: ANY, many: true }, length: 1 };
  const end = sign === '{' ? signs.indexOf('}', at) : -1;
  if (end <= at + 1) return { unit: single(sign), length: 1 };
  const inner = signs.slice(at + 1, end);
  const not = inner[0] === '!' && inner.length > 1;
  const holds = inSet(not ? inner.slice(1) : inner);
  return { unit: { takes: (one) => holds(one) !== not, many: false }, length: end - at + 1 };
}

/** Characters and ranges such as `A-Z`. */
function inSet(members: readonly string[]): (character: string) => boolean {
  return (character) =>
    members.some((member, at) =>
      member === '-' && at > 0 && at + 1 < members.length
        ? character >= (members[at - 1] ?? '') && character <= (members[at + 1] ?? '')
        : member === character,
    );
}

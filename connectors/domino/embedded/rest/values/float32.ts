/**
 * What a `float` of Java shows of a number: the shortest decimal that names the nearest single-precision value (`3209185.63` becomes `3209185.8`,
 * https://mmtcastro.github.io on Domino REST API formats).
 */
export function asFloat32(number: number): number {
  const single = Math.fround(number);
  for (let digits = 1; digits <= 9; digits++) {
    const shorter = Number(single.toPrecision(digits));
    if (Math.fround(shorter) === single) return shorter;
  }
  return single;
}

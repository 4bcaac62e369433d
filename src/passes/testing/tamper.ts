type Method = (...given: never[]) => unknown;

/** What stands in for some methods of a port; `real` is the method itself, bound to its port. */
export type Tampering<T> = {
  readonly [K in keyof T as T[K] extends Method | undefined ? K : never]?: (
    real: NonNullable<T[K]>,
    ...given: Parameters<Extract<T[K], Method>>
  ) => ReturnType<Extract<T[K], Method>>;
};

/** A port of which some methods do something else (or something more). */
export function tamper<T extends object>(port: T, tampering: Tampering<T>): T {
  const replaced = new Map(Object.entries(tampering));
  return new Proxy(port, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      const real = (...given: unknown[]): unknown => Reflect.apply(value, target, given);
      const instead = replaced.get(String(property)) as ((...given: unknown[]) => unknown) | undefined;
      return instead ? (...given: unknown[]) => instead(real, ...given) : real;
    },
  });
}

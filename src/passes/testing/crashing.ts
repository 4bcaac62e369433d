/** The process is gone: nothing after this may have happened. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export interface CrashCounter {
  calls: number;
  /** The last call that takes effect, over all ports that share the counter; its caller never hears of it. 0 = none does. */
  readonly nth: number;
}

/** A port whose n-th call is the last thing its process does: every later call dies as well. */
export function crashing<T extends object>(port: T, counter: CrashCounter): T {
  return new Proxy(port, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        counter.calls += 1;
        if (counter.calls > counter.nth) throw new Crash(String(property));
        const answer: unknown = Reflect.apply(value, target, given);
        if (counter.calls < counter.nth || !(answer instanceof Promise)) return answer;
        return answer.then(() => {
          throw new Crash(String(property));
        });
      };
    },
  });
}

/** The process is gone: nothing after this may have happened. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export interface CrashPlan {
  /** Which call, over all ports that share the counter, from 1. */
  readonly nth: number;
  /** The call never happened, or it did and nobody heard of it. */
  readonly moment: 'before' | 'after';
}

export interface CrashCounter {
  calls: number;
  readonly plan: CrashPlan;
}

/** A port whose n-th call is the last thing its process does: every later call dies as well. */
export function crashing<T extends object>(port: T, counter: CrashCounter): T {
  return new Proxy(port, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        counter.calls += 1;
        const { nth, moment } = counter.plan;
        if (counter.calls > nth || (counter.calls === nth && moment === 'before'))
          throw new Crash(String(property));
        const answer: unknown = Reflect.apply(value, target, given);
        if (counter.calls < nth || !(answer instanceof Promise)) return answer;
        return answer.then(() => {
          throw new Crash(String(property));
        });
      };
    },
  });
}

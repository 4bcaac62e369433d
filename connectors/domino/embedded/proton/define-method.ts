import type * as z from 'zod';
import { TOKEN } from './call-options.ts';
import { type ProtonCall, type ProtonContext, parseOptions, protonCall } from './proton-host.ts';

export type Method<T> = (options?: unknown) => Promise<T>;

type Shape = z.core.$ZodLooseShape;
type Parsed<S extends Shape> = z.infer<z.ZodObject<S>>;

/** One method of the package: which options it takes, how they are converted in the client, what the server then does. */
export interface MethodPlan<S extends Shape, P, T> {
  readonly shape: S;
  readonly convert: (options: Parsed<S>) => P;
  readonly work: (converted: P, call: ProtonCall, options: Parsed<S>) => T | Promise<T>;
}

export type Define = <S extends Shape, P, T>(method: string, plan: MethodPlan<S, P, T>) => Method<T>;

/** Methods of one database, or of the server when `filePath` is null. All of them take `accessToken`. */
export function definer(context: ProtonContext, filePath: string | null): Define {
  return <S extends Shape, P, T>(method: string, { shape, convert, work }: MethodPlan<S, P, T>) =>
    async (given?: unknown) =>
      protonCall(context, {
        method,
        filePath,
        options: given,
        parse: (raw) => {
          const parsed = parseOptions(method, context.quirks, { ...TOKEN, ...shape }, raw);
          const options = parsed as Parsed<S>;
          const { accessToken } = parsed as { readonly accessToken?: string };
          return { accessToken, options, converted: convert(options) };
        },
        work: async ({ converted, options }, call) => work(converted, call, options),
      });
}

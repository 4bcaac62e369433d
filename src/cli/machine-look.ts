import { z } from 'zod';

export const findingSchema = z.object({
  check: z.string(),
  subject: z.string(),
  level: z.enum(['ok', 'warning', 'problem']),
  found: z.string(),
  todo: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

/** Exported by `in-process-doctor.ts`, which brings the adapters along. `settings`: whether they could be read. */
export type LookAtMachine = (where: {
  readonly configFile: string | null;
  readonly dataDir: string | null;
}) => Promise<{ readonly settings: boolean; readonly findings: readonly Finding[] }>;

import { z } from 'zod';
import type { Bridge, ConfigCheck } from './bridge.ts';
import type { Operation } from './operation.ts';

const args = z.strictObject({ link: z.string().optional(), lang: z.enum(['vi', 'en']).default('en') });

export function configCheck(bridge: Bridge): Operation<z.infer<typeof args>, ConfigCheck> {
  return {
    name: 'config-check',
    summary: 'Explains each mapping in words and names what the links cannot keep safe',
    role: 'auditor',
    args,
    run: ({ lang }) => bridge.checkConfig(lang),
  };
}

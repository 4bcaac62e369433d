import * as z from 'zod';
import { bilingual, linkSchema, secret } from './link-schema.ts';
import type { Secret } from './secret.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

const url = (protocols: readonly string[]) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
      error: `an address that begins with ${protocols.join('// or ')}//`,
    })
    .pipe(secret);

const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, { error: 'a time of day such as "22:00"' });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const days = z.int().min(1).max(36_500).nullable();

const database = z
  .strictObject({ url: url(['postgres:', 'postgresql:']).nullable().default(null) })
  .prefault({});

export const bridgeSchema = z.strictObject({
  server: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: z.int().min(0).max(65535).default(3000),
      /** Where browsers find the server: an origin; `https` makes the cookies secure. Null = the address that it listens on. */
      publicUrl: z
        .url({ protocol: /^https?$/u, error: 'an address such as https://sotay.example.vn' })
        .refine((text) => !URL.canParse(text) || new URL(text).href === `${new URL(text).origin}/`, {
          error: 'an address without a path, such as https://sotay.example.vn',
        })
        .nullable()
        .default(null),
      /** Proxies whose `X-Forwarded-For` says who is calling: addresses or subnets. */
      trustedProxies: z
        .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], { error: 'an IP address or a subnet' }))
        .default([]),
    })
    .prefault({}),
  /** Relative to the folder in which the bridge is started. */
  dataDir: z.string().min(1).default('data'),
  logLevel: z.enum(LOG_LEVELS).default('info'),
  /** Folder of the mappings, relative to the settings file; null = those that come with the bridge. */
  mappingsDir: z.string().min(1).nullable().default(null),
  /** Who may see and change what in the handbook, relative to the settings file; null = the rules that come with the bridge. */
  accessFile: z.string().min(1).nullable().default(null),
  /** `url: null` = the PostgreSQL inside the bridge. `outside: null` = the server of `inside`, with its own schema. */
  databases: z.strictObject({ inside: database, outside: database }).prefault({}),
  /** `url: null` = queues live in PostgreSQL. */
  redis: z.strictObject({ url: url(['redis:', 'rediss:']).nullable().default(null) }).prefault({}),
  links: z.array(linkSchema).min(1),
  /** Days that the handbook keeps what is not current, beside its records; null = for good. */
  retention: z
    .strictObject({
      recordHistory: days.default(1_825),
      readAudit: days.default(3_650),
      mutationAnswers: days.default(90),
    })
    .prefault({}),
  /** Where webhooks may be sent to beside the public internet, and without TLS. */
  webhooks: z
    .strictObject({
      allowedNetworks: z
        .array(z.union([z.cidrv4(), z.cidrv6()], { error: 'a network such as 10.20.0.0/16' }))
        .default([]),
    })
    .prefault({}),
  /** The Domino inside the bridge; null = none. */
  embedded: z
    .strictObject({
      serverName: z.string().regex(/^CN=[^/]+(\/(OU|O|C)=[^/]+)*$/u, {
        error: 'a canonical server name such as "CN=DOMINO01/O=Mau"',
      }),
      databases: z
        .array(
          z.strictObject({
            filePath: z.string().regex(/\.nsf$/iu, { error: 'a path that ends in .nsf' }),
            title: bilingual,
            replicaId: z.string().regex(/^[0-9A-F]{16}$/u, { error: '16 digits or capitals A to F' }),
          }),
        )
        .min(1),
      /** Invented members that a new embedded Domino starts with; 0 = empty databases. */
      sampleMembers: z.int().min(0).max(500_000).default(200),
    })
    .nullable()
    .default(null),
  /** `token: null` = only accounts of the inside zone may read /metrics. */
  metrics: z
    .strictObject({
      token: z
        .string()
        .regex(/^[\w.~+/=-]{32,}$/u, { error: 'at least 32 random letters, digits and -._~+/=' })
        .pipe(secret)
        .nullable()
        .default(null),
    })
    .prefault({}),
  /** Who is told of troubles; both null = nobody. */
  alerts: z
    .strictObject({
      webhook: url(['https:', 'http:']).nullable().default(null),
      mail: z
        .strictObject({
          url: url(['smtp:', 'smtps:']),
          from: z.email(),
          to: z.array(z.email()).min(1),
        })
        .nullable()
        .default(null),
      repeatHours: z.number().min(0.25).max(720).default(24),
      /** All but critical ones wait for their end. */
      quietHours: z
        .strictObject({
          from: timeOfDay,
          to: timeOfDay,
          timeZone: z
            .string()
            .refine((name) => isTimeZone(name), { error: 'a time zone such as Asia/Ho_Chi_Minh' })
            .default('Asia/Ho_Chi_Minh'),
        })
        .nullable()
        .default(null),
    })
    .prefault({}),
  accounts: z
    .strictObject({
      sessionHours: z.number().gt(0).max(168).default(12),
      /** A braked lane is released by two people, one after the other. */
      fourEyes: z.boolean().default(false),
      /** OpenID provider of the handbook's people: its tokens stand for the account of that name, which must exist; null = names and passwords only. */
      issuer: z
        .strictObject({
          issuer: z.url({ error: 'the address that the tokens name as iss' }),
          audience: z.string().min(1),
          jwksUri: z.url({ error: 'the address of the keys (jwks_uri of the provider)' }),
          accountClaim: z.string().min(1).default('preferred_username'),
          clockToleranceSeconds: z.int().min(0).max(300).default(30),
        })
        .nullable()
        .default(null),
      /** The first operator. `password: null` = one is made at the first start and shown once. */
      operator: z
        .strictObject({
          login: z
            .string()
            .regex(/^[a-z0-9._-]{3,60}$/u)
            .default('operator'),
          password: z
            .string()
            .min(12, { error: 'at least 12 characters' })
            .pipe(secret)
            .nullable()
            .default(null),
        })
        .prefault({}),
    })
    .prefault({}),
});

type DeepReadonly<T> = T extends Secret | string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer One)[]
    ? readonly DeepReadonly<One>[]
    : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };

export type BridgeSettings = DeepReadonly<z.output<typeof bridgeSchema>>;
/** Deeply frozen. Folders and credential paths are absolute. */
export type BridgeConfig = Omit<BridgeSettings, 'mappingsDir' | 'accessFile'> & {
  readonly mappingsDir: string;
  readonly accessFile: string;
};
export type LinkConfig = BridgeConfig['links'][number];

const SECRETS = new Set(['url', 'password', 'token', 'webhook']);

export function isSecretSetting(path: readonly PropertyKey[]): boolean {
  const last = path.at(-1);
  return typeof last === 'string' && SECRETS.has(last);
}

import * as z from 'zod';

const nonEmpty = z.string().min(1);
/** A file that holds a secret and nothing else; relative to the settings file. */
const secretFile = nonEmpty;
const address = z.string().refine((text) => URL.canParse(text) && /^https?:\/\//u.test(text), {
  error: 'an address such as https://domino.example:8880',
});

/** How the bridge signs in at HCL's Domino REST API. */
const signIn = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('password'),
    userName: nonEmpty,
    passwordFile: secretFile,
    /** Narrows the token; null = what the server gives (`MAIL $DATA`). A schema that is not in `$DATA` needs its own scope here. */
    tokenScope: nonEmpty.nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('oauth-refresh'),
    /** null = the server's own provider. */
    tokenUrl: address.nullable().default(null),
    clientId: nonEmpty,
    clientSecretFile: secretFile,
    /** Replaced where the provider gives out a new one at each use. */
    refreshTokenFile: secretFile,
    tokenScope: nonEmpty.nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('client-credentials'),
    /** Of an external provider that the server trusts; its own has no such grant. */
    tokenUrl: address,
    clientId: nonEmpty,
    clientSecretFile: secretFile,
    tokenScope: nonEmpty.nullable().default(null),
  }),
]);

const scope = z.string().regex(/^[a-z0-9_-]+$/u, {
  error: 'the name of a scope: lower-case letters and digits',
});

/** `filePath` and `identity` are those of every way in; they come from link-schema.ts. */
export const restLinkSchema = (shared: {
  readonly filePath: z.ZodType<string>;
  readonly identity: z.ZodType<string>;
}) =>
  z.strictObject({
    via: z.literal('rest'),
    /** Without `/api`. */
    baseUrl: address,
    scope,
    ...shared,
    signIn,
    /** PEM files, relative to the settings file. */
    caFile: nonEmpty.nullable().default(null),
    clientCertificateFile: nonEmpty.nullable().default(null),
    clientKeyFile: nonEmpty.nullable().default(null),
    proxy: address.nullable().default(null),
    /** The schema requires the revision on updates, so writes are conditional. The server is asked; if it does not, nothing is written. */
    requireRevision: z.boolean().default(true),
    /** Ids of findings of `bridge domino probe` whose loss is accepted. */
    acceptLoss: z.array(nonEmpty).default([]),
    richTextAs: z.enum(['html', 'plain', 'mime']).default('html'),
    /** A view sorted by the time of the last change, for schemas that allow no DQL. */
    changesView: nonEmpty.nullable().default(null),
    /** The agent that lists deletion stubs, where it is installed. */
    deletionAgent: nonEmpty.nullable().default(null),
    /** Other replicas in the order in which they take over; same sign-in. */
    standby: z.array(z.strictObject({ baseUrl: address, scope, filePath: shared.filePath })).default([]),
  });

export const embeddedRestLinkSchema = (shared: {
  readonly filePath: z.ZodType<string>;
  readonly identity: z.ZodType<string>;
}) =>
  z.strictObject({
    via: z.literal('embedded-rest'),
    ...shared,
    requireRevision: z.boolean().default(true),
    acceptLoss: z.array(nonEmpty).default([]),
    standby: z.array(z.strictObject({ filePath: shared.filePath })).default([]),
  });

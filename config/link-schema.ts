import * as z from 'zod';
import { embeddedRestLinkSchema, restLinkSchema } from './rest-link-schema.ts';
import { Secret } from './secret.ts';

const nonEmpty = z.string().min(1);
const port = z.int().min(1).max(65535);
const share = z.number().gt(0).max(1);

export const bilingual = z.strictObject({ vi: nonEmpty, en: nonEmpty });
export const secret = nonEmpty.transform((text) => new Secret(text));

/** File path of a database below Domino's data folder, as Domino writes it: `party/dangvien.nsf`. */
const filePath = z.string().regex(/^(?![/\\])(?!.*\.\.).+\.nsf$/iu, {
  error: 'a path below the Domino data folder that ends in .nsf',
});
/** The Notes name that the bridge signs in as: its own saves are told from people's by it. */
const identity = z.string().regex(/^CN=[^/]+(\/(OU|O|C)=[^/]+)*$/u, {
  error: 'a canonical Notes name such as "CN=So tay dang vien/O=Cau noi"',
});

/** PEM files; paths are relative to the settings file. `idFilePassword` only where the identity's ID is in the vault and documents are encrypted. */
const credentials = z.strictObject({
  rootCertificateFile: nonEmpty,
  clientCertificateFile: nonEmpty,
  clientKeyFile: nonEmpty,
  idFilePasswordFile: nonEmpty.nullable().default(null),
});

const server = { hostName: nonEmpty, port: port.default(3002), filePath };

const proton = z
  .strictObject({
    via: z.literal('proton'),
    ...server,
    secure: z.boolean().default(true),
    credentials: credentials.nullable().default(null),
    identity,
    /** Other replicas in the order in which they take over; same credentials. */
    standby: z.array(z.strictObject(server)).default([]),
  })
  .refine((database) => !database.secure || database.credentials !== null, {
    path: ['credentials'],
    error: 'the three PEM files, because secure is true (without TLS a Proton server only lets Anonymous in)',
  });

const embeddedProton = z.strictObject({
  via: z.literal('embedded-proton'),
  filePath,
  identity,
  standby: z.array(z.strictObject({ filePath })).default([]),
});

const brakeLimit = (floor: number, most: number) =>
  z.strictObject({ floor: z.int().min(0).default(floor), share: share.default(most) }).prefault({});

export const linkSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/u, {
      error: 'lower-case letters, digits and hyphens, a letter first, at most 40',
    }),
    title: bilingual,
    /** `observe` reads and plans, `pull` writes to the handbook only, `propose` waits for a person before it writes to Notes, `sync` writes both ways. */
    mode: z.enum(['observe', 'pull', 'propose', 'sync']),
    database: z.discriminatedUnion('via', [
      proton,
      restLinkSchema({ filePath, identity }),
      embeddedProton,
      embeddedRestLinkSchema({ filePath, identity }),
    ]),
    replicaSet: z
      .string()
      .regex(/^[0-9A-F]{16}$/u, { error: 'the replica ID: 16 digits or capitals A to F, without the colon' }),
    /** Forms; each has a mapping. */
    mappings: z.array(nonEmpty).min(1),
    schedule: z
      .strictObject({
        pullSeconds: z.int().min(5).default(30),
        pushSeconds: z.int().min(1).default(5),
        sweepMinutes: z.int().min(1).default(15),
      })
      .prefault({}),
    /** More than `floor` and more than `share` of the link within 24 h stops that lane until a person releases it. */
    brake: z.strictObject({ deletes: brakeLimit(20, 0.02), updates: brakeLimit(50, 0.2) }).prefault({}),
    /** After so many failures of its server in a row the link goes over to the next `standby`; null = by command only. */
    failoverAfter: z.int().min(2).nullable().default(null),
    /** How often the mark changes by which a restored file is noticed: at least as often as backups are made. */
    marker: z.strictObject({ renewHours: z.number().min(0.25).max(720).default(24) }).prefault({}),
    /** Database of the same server in which Notes users are told of conflicts and refused edits, and decide them; null = none. */
    reports: z
      .strictObject({
        filePath,
        /** Who may see the reports; the bridge's own identity is added. */
        readers: z.array(nonEmpty).min(1, {
          error: 'names, groups, [roles] or patterns such as */O=Thanh uy: reports show values of documents',
        }),
      })
      .nullable()
      .default(null),
    slices: z
      .strictObject({ overlapSeconds: z.int().min(0).default(300), settleSeconds: z.int().min(1).default(2) })
      .prefault({}),
    /** Documents that are carried over together: one transaction each for intents, effects and records, and what one crash may repeat. */
    batch: z.int().min(1).max(500).default(400),
  })
  .refine(({ reports, database }) => reports === null || database.via.endsWith('proton'), {
    path: ['reports'],
    error: 'null, or a link through Proton: over the REST API a schema of the reports is not made yet',
  });

import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { viewDesign } from '../dql/view-design.ts';
import { ACCESS_LEVELS } from '../engine/identity.ts';

const identity = z.strictObject({
  /** `CN=…/O=…`. */
  name: z.string().min(1),
  groups: z.array(z.string()).optional(),
  roles: z.array(z.string()).optional(),
  access: z.enum(ACCESS_LEVELS).optional(),
  deletes: z.boolean().optional(),
});

/** A database with what DQL needs to know of its design: catalogued, built and indexed when the program starts. */
const database = z.strictObject({
  filePath: z.string().min(1),
  title: z.string().optional(),
  views: z.array(viewDesign).default([]),
  fullText: z.boolean().default(false),
});

const aliasConfig = z.strictObject({
  /** Folder of the databases; made when missing. */
  directory: z.string().min(1).default('domino-data'),
  /** Made when missing; a path that is not there is not found, as on a server. */
  databases: z.array(z.union([z.string().min(1), database])).default([]),
  /** Who the program is. Unless given, Anonymous without TLS, else the subject of its certificate. */
  identity: identity.nullable().default(null),
  /** Who an `accessToken` stands for. */
  tokens: z.record(z.string().min(1), identity).default({}),
  /** The databases have the property LargeSummary. */
  largeSummary: z.boolean().default(false),
  /** Switches that are not to have their harsh value. */
  switches: z.record(z.string(), z.unknown()).default({}),
  /** A fault script: `{ seed, rules }`. */
  faults: z.unknown().optional(),
  seed: z.int().default(1),
});

export type AliasConfig = z.infer<typeof aliasConfig>;

/**
 * From `EMBEDDED_DOMINO_CONFIG` (a JSON file), `EMBEDDED_DOMINO_DIR` and `EMBEDDED_DOMINO_DATABASES` (paths with commas between), the latter two
 * before the file. Throws an error that names what is wrong.
 */
export function readAliasConfig(env: Readonly<Record<string, string | undefined>>): AliasConfig {
  const file = env['EMBEDDED_DOMINO_CONFIG'];
  const given = file === undefined ? {} : readJson(file);
  const databases = env['EMBEDDED_DOMINO_DATABASES']?.split(',').flatMap((path) => path.trim() || []);
  const directory = env['EMBEDDED_DOMINO_DIR'];
  const result = aliasConfig.safeParse({
    ...given,
    ...(directory === undefined ? {} : { directory }),
    ...(databases === undefined ? {} : { databases }),
  });
  if (!result.success) {
    throw new Error(`cannot use the settings of the embedded Domino: ${z.prettifyError(result.error)}`);
  }
  return result.data;
}

function readJson(file: string): object {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  } catch (cause) {
    throw new Error(`cannot read EMBEDDED_DOMINO_CONFIG "${file}": ${String(cause)}`, { cause });
  }
  throw new Error(`cannot use EMBEDDED_DOMINO_CONFIG "${file}": it must hold one JSON object`);
}

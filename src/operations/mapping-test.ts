import { z } from 'zod';
import { DominoError } from '../../connectors/domino/port.ts';
import { type Crossing, crossingsOf } from '../passes/crossing.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { Bridge } from './bridge.ts';
import { linkNamed } from './choose-links.ts';
import type { NoteSources } from './note-source.ts';
import { OperationError, type Operation, type OperationContext } from './operation.ts';

const args = z
  .strictObject({
    dxl: z.array(z.string().min(1)).min(1).optional().describe("paths on the bridge's machine"),
    link: z.string().optional(),
    form: z.string().min(1).optional(),
    mapping: z
      .string()
      .max(1_000_000)
      .optional()
      .describe('a mapping file’s text, instead of the form’s mapping'),
    first: z.int().min(1).max(50).default(5),
  })
  .refine(
    ({ dxl, link }) => (dxl === undefined) !== (link === undefined),
    'Name DXL files or a link, not both',
  );

export interface MappingTestAnswer {
  readonly forms: readonly {
    readonly form: string;
    readonly entity: string;
    readonly notes: readonly Crossing[];
  }[];
  /** Forms of the files that no mapping is for. */
  readonly unmapped: readonly string[];
}

/** The first notes of each form beside what they would become. Shows values of released notes: for operators. */
export function mappingTest(
  bridge: Bridge,
  sources: NoteSources,
  /** Throws `OperationError` `bad-request` with every problem. */
  readMapping: (text: string) => Mapping,
): Operation<z.infer<typeof args>, MappingTestAnswer> {
  return {
    name: 'mapping-test',
    summary: 'Shows the first released notes of a form as they would cross, and writes nothing',
    role: 'operator',
    args,
    async run({ dxl, link, form, mapping, first }, context) {
      const given = mapping === undefined ? null : readMapping(mapping);
      const known = given
        ? [given]
        : bridge.links.flatMap((one) => (link === undefined || one.id === link ? one.mappings : []));
      const wanted = known.filter((one) => form === undefined || one.form === form);
      try {
        return dxl === undefined
          ? await onLink(bridge, link ?? '', wanted, first, context)
          : await onFiles(sources, dxl, wanted, form, first, context);
      } catch (error) {
        throw error instanceof DominoError ? new OperationError('unavailable', error.message) : error;
      }
    },
  };
}

async function onLink(
  bridge: Bridge,
  linkId: string,
  mappings: readonly Mapping[],
  first: number,
  { signal }: OperationContext,
): Promise<MappingTestAnswer> {
  const { database } = linkNamed(bridge, linkId);
  const forms: MappingTestAnswer['forms'][number][] = [];
  for (const mapping of mappings) {
    const slice = { by: 'created', forms: [mapping.form], from: null, to: null } as const;
    const { notes } = await database.readSlice(slice, [], { signal });
    const unids = notes.slice(0, first).map(({ unid }) => unid);
    forms.push({
      form: mapping.form,
      entity: mapping.entity,
      notes: await crossingsOf(database, mapping, unids, signal),
    });
  }
  return { forms, unmapped: [] };
}

async function onFiles(
  sources: NoteSources,
  files: readonly string[],
  mappings: readonly Mapping[],
  only: string | undefined,
  first: number,
  context: OperationContext,
): Promise<MappingTestAnswer> {
  const source = await sources.ofDxl(files, context);
  try {
    const forms: MappingTestAnswer['forms'][number][] = [];
    const unmapped: string[] = [];
    for (const { form } of await source.forms(context.signal)) {
      const mapping = mappings.find((one) => one.form === form);
      if (mapping === undefined) {
        if (only === undefined || only === form) unmapped.push(form);
        continue;
      }
      const unids = await source.sample(form, first, context.signal);
      forms.push({
        form,
        entity: mapping.entity,
        notes: await crossingsOf(source.database(form), mapping, unids, context.signal),
      });
    }
    return { forms, unmapped };
  } finally {
    await source.close();
  }
}

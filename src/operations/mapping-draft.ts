import { z } from 'zod';
import { draftYaml, DOUBT } from '../../config/draft/draft-yaml.ts';
import { type GateWords, proposeMapping } from '../../config/draft/propose-mapping.ts';
import { DominoError } from '../../connectors/domino/port.ts';
import type { Bridge } from './bridge.ts';
import type { NoteSources } from './note-source.ts';
import { OperationError, type Operation } from './operation.ts';
import { surveyForm } from './survey-form.ts';

const itemName = z.string().regex(/^[A-Za-z_][\w]*$/u, 'the name of an item');
const args = z
  .strictObject({
    dxl: z.array(z.string().min(1)).min(1).optional().describe("paths on the bridge's machine"),
    link: z.string().optional(),
    form: z.string().min(1).optional(),
    most: z.int().min(1).max(100_000).default(1_000).describe('notes of each form'),
    levelItem: itemName.default('DoMat'),
    open: z.string().min(1).default('Thuong'),
    markItem: itemName.default('ChoPhepChuyen'),
    mark: z.string().min(1).default('1'),
  })
  .refine(
    ({ dxl, link }) => (dxl === undefined) !== (link === undefined),
    'Name DXL files or a link, not both',
  );

export interface MappingDraftAnswer {
  readonly drafts: readonly {
    readonly form: string;
    readonly file: string;
    readonly notes: number;
    readonly doubts: number;
    readonly yaml: string;
  }[];
}

/** What real notes tell of a mapping, with no value of any note in it. */
export function mappingDraft(
  bridge: Bridge,
  sources: NoteSources,
): Operation<z.infer<typeof args>, MappingDraftAnswer> {
  return {
    name: 'mapping-draft',
    summary: 'Proposes mappings from DXL files or from the schema and the released notes of a REST link',
    role: 'operator',
    args,
    async run(given, context) {
      const { dxl, link, form: only, most, ...gate } = given;
      const source =
        dxl === undefined
          ? await sources.ofDesign(link ?? '', [gate.levelItem, gate.markItem])
          : await sources.ofDxl(dxl, context);
      try {
        const forms = (await source.forms(context.signal)).filter(
          ({ form }) => only === undefined || form === only,
        );
        if (forms.length === 0)
          throw new OperationError(
            'not-found',
            only === undefined ? 'There is no note with a form' : `There is no form "${only}"`,
          );
        const drafts: MappingDraftAnswer['drafts'][number][] = [];
        for (const form of forms) {
          context.progress({ phase: form.form, done: drafts.length, estimated: forms.length });
          drafts.push(draftOf(bridge, await surveyForm(source, form, gate, most, context.signal), gate));
        }
        return { drafts };
      } catch (error) {
        throw error instanceof DominoError ? new OperationError('unavailable', error.message) : error;
      } finally {
        await source.close();
      }
    },
  };
}

function draftOf(
  bridge: Bridge,
  survey: Awaited<ReturnType<typeof surveyForm>>,
  gate: GateWords,
): MappingDraftAnswer['drafts'][number] {
  const known = bridge.links.flatMap(({ mappings }) => mappings);
  const draft = proposeMapping(survey, gate, known);
  const yaml = draftYaml(draft);
  return {
    form: draft.form,
    file: `${draft.form.replaceAll(/[^\p{L}\p{N}_-]+/gu, '_')}.yaml`,
    notes: draft.notes,
    doubts: yaml.split('\n').filter((line) => line.trimStart().startsWith(DOUBT)).length,
    yaml,
  };
}

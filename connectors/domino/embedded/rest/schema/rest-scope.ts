import * as z from 'zod';
import { ACCESS_LEVELS, type AccessLevel, type NotesIdentity } from '../../engine/identity.ts';
import { compileFormula } from '../../formula/evaluate-formula.ts';
import { type KeepSchema, parseKeepSchema } from './rest-schema.ts';

const accessLevel = z.enum(['NoAccess', 'Depositor', 'Reader', 'Author', 'Editor', 'Designer', 'Manager']);

/** HCL's RestMapping: under which name a database can be reached, through which schema. */
const restScope = z.object({
  apiName: z.string().regex(/^[a-z0-9]+$/u, 'a scope name has lower-case letters and digits only'),
  nsfPath: z.string().min(1),
  description: z.string().default(''),
  isActive: z.boolean().default(true),
  maximumAccessLevel: accessLevel.default('Editor'),
  schema: z.unknown(),
});

export interface RestScope extends Omit<z.output<typeof restScope>, 'schema'> {
  readonly schema: KeepSchema;
}

export type RestScopeInput = z.input<typeof restScope>;

/** Throws an error that names every wrong part, and every formula that the embedded Domino does not model. */
export function parseRestScope(input: unknown): RestScope {
  const result = restScope.safeParse(input);
  if (!result.success) throw new Error(`cannot use the scope: ${z.prettifyError(result.error)}`);
  const scope = { ...result.data, schema: parseKeepSchema(result.data.schema) };
  for (const [where, source] of formulasOf(scope.schema)) {
    try {
      compileFormula(source);
    } catch (error) {
      throw new Error(`cannot use the scope ${scope.apiName}: ${where}: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
  return scope;
}

/** The identity as the scope lets it in: its level is capped, never raised. */
export function cappedIdentity(identity: NotesIdentity, scope: RestScope): NotesIdentity {
  const level = scope.maximumAccessLevel === 'NoAccess' ? 'none' : scope.maximumAccessLevel.toLowerCase();
  const cap = ACCESS_LEVELS.indexOf(level as AccessLevel);
  const own = ACCESS_LEVELS.indexOf(identity.access ?? 'editor');
  return { ...identity, access: ACCESS_LEVELS[Math.min(cap, own)] ?? 'none' };
}

function* formulasOf({ dqlFormula, forms, views }: KeepSchema): Generator<[string, string]> {
  yield ['dqlFormula', dqlFormula.formula];
  for (const { formName, formModes } of forms) {
    for (const mode of formModes) {
      const where = `form ${formName}, mode ${mode.modeName}`;
      yield [`${where}, readAccessFormula`, mode.readAccessFormula.formula];
      yield [`${where}, writeAccessFormula`, mode.writeAccessFormula.formula];
      yield [`${where}, deleteAccessFormula`, mode.deleteAccessFormula.formula];
      for (const rule of mode.validationRules) yield [`${where}, validationRules`, rule.formula];
      for (const { formula } of [mode.onLoad, mode.onSave]) {
        if (formula !== '') throw new Error(`cannot use ${where}: onLoad and onSave are not modelled`);
      }
    }
  }
  for (const { name, selectionFormula, columns } of views) {
    yield [`view ${name}, selectionFormula`, selectionFormula];
    for (const { formula } of columns) if (formula !== '') yield [`view ${name}, columns`, formula];
  }
}

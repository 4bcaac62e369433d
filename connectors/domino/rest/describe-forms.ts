import type { Call } from '../wire/server-guard.ts';
import { isReadable, kindOf, type RestField } from './schema.ts';
import type { RestSession } from './session.ts';

/** A form as the schema offers it, over all of its modes. */
export interface DescribedForm {
  readonly form: string;
  /** The names of the items that each mode shows. */
  readonly modes: readonly (readonly string[])[];
  readonly items: readonly {
    readonly name: string;
    readonly kind: 'text' | 'number' | 'datetime' | 'richText' | 'other';
    readonly dateOnly: boolean;
    readonly list: boolean;
    readonly names: boolean;
    readonly access: boolean;
  }[];
}

export async function describeForms(session: RestSession, call: Call): Promise<readonly DescribedForm[]> {
  const { scope } = await session.facts(call);
  return scope.schema.forms.map(({ formName, formModes }) => {
    const fields = new Map<string, RestField>();
    for (const field of formModes.flatMap((mode) => mode.fields))
      if (isReadable(field) && !fields.has(field.name.toLowerCase()))
        fields.set(field.name.toLowerCase(), field);
    const modes = formModes.map((mode) => mode.fields.filter(isReadable).map(({ name }) => name));
    return { form: formName, modes, items: [...fields.values()].map(describe) };
  });
}

function describe(field: RestField): DescribedForm['items'][number] {
  const { list, value, names } = kindOf(field);
  return {
    name: field.name,
    kind: KINDS[value],
    dateOnly: value === 'date',
    list,
    names: names === 'names',
    access: names === 'readers' || names === 'authors',
  };
}

const KINDS = {
  text: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'text',
  instant: 'datetime',
  date: 'datetime',
  richText: 'richText',
  other: 'other',
} as const;

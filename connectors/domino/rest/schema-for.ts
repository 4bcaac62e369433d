import type { ExpectedForm, ExpectedItem } from './findings.ts';
import { TYPE_MODES, type TypeMode } from './type-modes.ts';

/** Items that are read before the release of a document is known. */
const HEADER_MODE = 'bridgeheader';
const READ_MODE = 'bridgeread';
/** The only mode that a new document can have. */
const WRITE_MODE = 'default';
const YES = { formulaType: 'domino', formula: '@True' };
const NO = { formulaType: 'domino', formula: '@False' };

/**
 * The schema that a link needs, in HCL's own format, to be imported in the Admin UI or posted to `setup-v1/schema`. Each form gets a mode to
 * write, with the items that the bridge writes; one to read, where every item is a list, so that a second value in a field that should
 * have one is seen and not cut away; one of the gate's items alone, through which withheld documents are looked at; and one for each type that shows items which
 * have that type and not their own.
 */
export function schemaFor(
  expected: readonly ExpectedForm[],
  { name, requireRevision = true }: { readonly name: string; readonly requireRevision?: boolean },
) {
  return {
    schemaName: name,
    description: 'Made by the bridge from its mappings',
    requireRevisionToUpdate: requireRevision,
    dqlAccess: true,
    dqlFormula: YES,
    openAccess: true,
    forms: expected.map(({ form, items, deletes }) => ({
      formName: form,
      alias: [],
      formModes: [
        mode(WRITE_MODE, items.filter(({ written }) => written).map(toWrite), deletes),
        mode(READ_MODE, items.map(toRead), false),
        mode(HEADER_MODE, items.filter(({ header }) => header).map(toRead), false),
        ...TYPE_MODES.map((name) =>
          mode(
            name,
            items.flatMap((item) => asOtherType(item, name)),
            false,
          ),
        ),
      ],
    })),
    views: [],
  };
}

function mode(modeName: string, fields: readonly object[], deletes: boolean) {
  return {
    modeName,
    readAccessFormula: YES,
    writeAccessFormula: modeName === WRITE_MODE ? YES : NO,
    deleteAccessFormula: deletes ? YES : NO,
    computeWithForm: false,
    fields,
  };
}

function toWrite(item: ExpectedItem) {
  const kind = typeOf(item);
  return {
    name: item.name,
    ...(item.list ? { type: 'array', items: kind } : kind),
    fieldAccess: 'RW',
    ...(item.long ? { summaryField: false } : {}),
  };
}

function toRead(item: ExpectedItem) {
  const kind = typeOf(item);
  const isList = item.value !== 'richText';
  return { name: item.name, ...(isList ? { type: 'array', items: kind } : kind), fieldAccess: 'RO' };
}

/** What is read before the release is known is text, and missing where it is none: nothing is released by mistake. */
function asOtherType(item: ExpectedItem, modeName: TypeMode): object[] {
  if (item.header || item.value === 'richText') return [];
  const [own, kind] = {
    bridgetext: ['text', { type: 'string', format: 'string' }],
    bridgenumber: ['number', { type: 'number', format: 'double' }],
    bridgedate: ['date', { type: 'string', format: 'date' }],
  }[modeName] as [string, object];
  if (item.value === own) return [];
  return [{ name: item.name, type: 'array', items: kind, fieldAccess: 'RO' }];
}

function typeOf(item: ExpectedItem): { readonly type: string; readonly format: string } {
  switch (item.value) {
    case 'text':
      return { type: 'string', format: item.names ? 'names' : 'string' };
    case 'number':
      return { type: 'number', format: 'double' };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'richText':
      return { type: 'object', format: 'richtext' };
  }
}

import type { ExpectedForm, ExpectedItem } from './findings.ts';

/** Mode of the items that are read before the release of a document is known. */
const HEADER_MODE = 'bridgeheader';
const YES = { formulaType: 'domino', formula: '@True' };
const NO = { formulaType: 'domino', formula: '@False' };

/**
 * The schema that a link needs, in HCL's own format, to be imported in the Admin UI or posted to `setup-v1/schema`. Each form gets
 * `default`, with all its items, and a mode of the gate's items alone, through which withheld documents are looked at.
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
    forms: expected.map((one) => ({
      formName: one.form,
      alias: [],
      formModes: [
        mode('default', one.items, one.deletes),
        mode(
          HEADER_MODE,
          one.items.filter(({ header }) => header),
          false,
        ),
      ],
    })),
    views: [],
  };
}

function mode(modeName: string, items: readonly ExpectedItem[], deletes: boolean) {
  return {
    modeName,
    readAccessFormula: YES,
    writeAccessFormula: YES,
    deleteAccessFormula: deletes ? YES : NO,
    computeWithForm: false,
    fields: items.map((item) => field(item, modeName === 'default' && item.written)),
  };
}

function field(item: ExpectedItem, written: boolean) {
  const [type, format] = {
    text: ['string', item.names ? 'names' : 'string'],
    number: ['number', 'double'],
    date: ['string', 'date'],
    instant: ['string', 'date-time'],
    richText: ['object', 'richtext'],
  }[item.value] as [string, string];
  return {
    name: item.name,
    ...(item.list ? { type: 'array', items: { type, format } } : { type, format }),
    fieldAccess: written ? 'RW' : 'RO',
    ...(item.long ? { summaryField: false } : {}),
  };
}

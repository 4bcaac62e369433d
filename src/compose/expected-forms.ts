import type { ExpectedForm, ExpectedItem } from '../../connectors/domino/rest/findings.ts';
import { HANDBOOK_ID_ITEM } from '../passes/gate-reading.ts';
import { gateItems } from '../sync/gate.ts';
import { MARKER_FORM, MARKER_ITEMS } from '../sync/instance-marker.ts';
import type { FieldMapping, FieldType, Mapping } from '../sync/mapping.ts';
import type { Scalar } from '../sync/values.ts';

/** What the mappings of a link need of a schema, its mark included. `writes`: the link writes to Notes. */
export function expectedForms(mappings: readonly Mapping[], writes: boolean): readonly ExpectedForm[] {
  return [...mappings.map((mapping) => expectedForm(mapping, writes)), markerForm(writes)];
}

function expectedForm(mapping: Mapping, writes: boolean): ExpectedForm {
  const creates = writes && mapping.creates !== 'notes';
  const items: ExpectedItem[] = [
    ...gateItems(mapping).map((name) => header(name, false)),
    header(HANDBOOK_ID_ITEM, creates),
    ...mapping.fields
      .filter((field) => field.type !== 'attachments')
      .map((field) => itemOf(field, writes && field.direction !== 'pull')),
  ];
  if (mapping.softDelete)
    items.push({
      ...plain(mapping.softDelete.item),
      value: scalarKind(mapping.softDelete.value),
      written: writes,
    });
  const unique = new Map<string, ExpectedItem>();
  for (const item of items) {
    const key = item.name.toLowerCase();
    const before = unique.get(key);
    unique.set(
      key,
      before === undefined
        ? item
        : { ...item, header: before.header || item.header, written: before.written || item.written },
    );
  }
  const deletes = writes && mapping.handbookDelete === 'hard';
  return { form: mapping.form, items: [...unique.values()], creates, deletes };
}

/** A mark is written, and the mark of a bridge that was taken over is deleted ([IM3]). */
function markerForm(writes: boolean): ExpectedForm {
  const items = MARKER_ITEMS.map(
    (name): ExpectedItem => ({
      ...plain(name),
      value: name === 'TheHe' ? 'number' : 'text',
      header: true,
      written: writes,
    }),
  );
  return { form: MARKER_FORM, items, creates: writes, deletes: writes };
}

const plain = (name: string): ExpectedItem => ({
  name,
  value: 'text',
  list: false,
  names: false,
  long: false,
  header: false,
  written: false,
});

const header = (name: string, written: boolean): ExpectedItem => ({ ...plain(name), header: true, written });

function itemOf(field: FieldMapping, written: boolean): ExpectedItem {
  const list = field.type === 'list' || field.type === 'set' || field.type === 'names';
  const isText = field.type !== 'richText';
  return {
    ...plain(field.item),
    value: field.type === 'boolean' ? scalarKind(field.truth?.yes ?? '') : KINDS[field.type],
    list,
    names: field.type === 'names',
    long: field.nonsummary,
    written: written && isText,
  };
}

const KINDS: Readonly<
  Record<Exclude<FieldType, 'boolean' | 'attachments'>, ExpectedItem['value']> & {
    readonly attachments: 'text';
  }
> = {
  text: 'text',
  number: 'number',
  date: 'date',
  partialDate: 'text',
  instant: 'instant',
  list: 'text',
  set: 'text',
  names: 'text',
  reference: 'text',
  richText: 'richText',
  attachments: 'text',
};

const scalarKind = (value: Scalar): ExpectedItem['value'] => (typeof value === 'number' ? 'number' : 'text');

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMappings } from '../../config/read-mappings.ts';
import { MARKER_FORM } from '../sync/instance-marker.ts';
import { expectedForms } from './expected-forms.ts';

const mappings = readMappings(join(import.meta.dirname, '../../config/mappings'));

describe('what a schema must allow', () => {
  it('[IM3] lets a link that writes make and delete marks, and one that reads only read them', () => {
    const markOf = (writes: boolean) =>
      expectedForms(mappings, writes).find(({ form }) => form === MARKER_FORM);
    expect(markOf(true)).toMatchObject({ creates: true, deletes: true });
    expect(markOf(false)).toMatchObject({ creates: false, deletes: false });
  });

  it('asks for no deletion of documents where the handbook deletes none for good', () => {
    const deleting = expectedForms(mappings, true).filter(({ deletes }) => deletes);
    expect(deleting.map(({ form }) => form)).toEqual([MARKER_FORM]);
  });
});

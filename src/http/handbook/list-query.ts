import { z } from 'zod';
import type { EntitySchema } from '../../../connectors/handbook/members-port.ts';
import type { Filter } from '../../../connectors/handbook/readers-port.ts';
import { ProblemError } from '../problem.ts';
import { limit, text } from '../text-schema.ts';

const filter = text(600).describe(
  '`field=value`, `field>=value` or `field<=value`; on a list `=` means that it holds the value',
);

export const chosen = {
  key: text(500).optional().describe('Only the record with this business key'),
  filter: z
    .union([filter.transform((one) => [one]), z.array(filter).max(8)])
    .default([])
    .describe('May be given up to 8 times; all must hold'),
};

export const listQuery = z.strictObject({
  ...chosen,
  after: text(4_000).optional().describe('`next` of the page before, of the same question'),
  limit: limit(500, 100),
  sort: z
    .enum(['key', 'title'])
    .default('key')
    .describe('key: by business key; title: the order for people, Vietnamese, members by given name'),
  order: z.enum(['asc', 'desc']).default('asc'),
});

const WRITTEN = /^([A-Za-z][A-Za-z0-9_]{0,63})(=|>=|<=)([^]*)$/;
const NUMBER = /^-?\d{1,15}(\.\d{1,9})?$/;
const UNFILTERED = new Set(['richText', 'attachments']);

/** Fails with problem `validation` for a field that the entity does not have and a value that the field cannot hold. */
export function readFilters({ fields }: EntitySchema, given: readonly string[]): Filter[] {
  return given.map((written) => {
    const [, name, is, value = ''] = WRITTEN.exec(written) ?? [];
    const field = fields.find((one) => one.field === name);
    if (field === undefined || UNFILTERED.has(field.type) || !isComparison(is)) throw bad();
    if (field.type === 'number') {
      if (!NUMBER.test(value)) throw bad();
      return { field: field.field, is, value: Number(value) };
    }
    if (field.type === 'boolean') {
      if (is !== '=' || (value !== 'true' && value !== 'false')) throw bad();
      return { field: field.field, is, value: value === 'true' };
    }
    return { field: field.field, is, value: value.normalize('NFC') };
  });
}

function isComparison(is: string | undefined): is is Filter['is'] {
  return is === '=' || is === '>=' || is === '<=';
}

function bad(): ProblemError {
  return new ProblemError('validation', {
    errors: [
      {
        path: 'querystring/filter',
        message:
          'Write field=value, field>=value or field<=value with a field of the entity and a value that it can hold',
      },
    ],
  });
}

import { expect } from 'vitest';
import type { TemporaryRest } from './temporary-rest.ts';

export interface MemberDocument {
  readonly '@meta': {
    readonly unid: string;
    readonly revision: string;
    readonly editable: boolean;
    readonly lastmodified: string;
    readonly lastmodifiedinfile: string;
  };
  readonly [field: string]: unknown;
}

/** A member created through the face; its answer. */
export async function createMember(
  rest: TemporaryRest,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<MemberDocument> {
  const body = { Form: 'Member', HoTen: 'Nguyễn Văn Ánh', ...fields };
  const answer = await rest.ask<MemberDocument>('POST', '/document', { body });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

/** The stored items of a note. */
export function storedItems(rest: TemporaryRest, unid: string) {
  return rest.domino.database.read(unid)?.items ?? [];
}

import type { HandbookApp, Headers } from './handbook-app.ts';

/** Two cells of one committee, one cell of another one, a committee that is dissolved; somebody for every way to stand to a record. */
export const CITY = '01.000.000.000.000';
export const WARD = '01.001.000.000.000';
export const OTHER_WARD = '01.002.000.000.000';
export const CELL = '01.001.001.000.001';
export const NEXT_CELL = '01.001.001.000.002';
export const FAR_CELL = '01.002.001.000.001';
export const DISSOLVED = '01.003.000.000.000';
export const ACTIVE = 'Đang sinh hoạt';

export const ME = 'DV-1-0000001';
const COLLEAGUE = 'DV-1-0000002';
const NEIGHBOUR = 'DV-1-0000003';
const STRANGER = 'DV-1-0000004';
const EXEMPT = 'DV-1-0000005';

export interface Record {
  readonly entity: string;
  readonly key: string;
  readonly owner: string | null;
  readonly cell: string | null;
  /** A word that only this record's fields hold. */
  readonly word: string;
}

export async function fillWorld(t: HandbookApp): Promise<readonly Record[]> {
  const organisations: readonly (readonly [string, string | null, object])[] = [
    [CITY, null, {}],
    [WARD, CITY, {}],
    [OTHER_WARD, CITY, {}],
    [CELL, WARD, {}],
    [NEXT_CELL, WARD, {}],
    [FAR_CELL, OTHER_WARD, {}],
    [DISSOLVED, CITY, { validTo: '2025-06-30' }],
  ];
  for (const [code, parent, more] of organisations) {
    await t.put('organisation', code, {
      organisationCode: code,
      parentCode: parent,
      name: `Tổ chức ${code}`,
      validFrom: '2025-07-01',
      ...more,
    });
  }
  const people: readonly (readonly [string, string, string, string])[] = [
    [ME, CELL, ACTIVE, 'Nguyễn Thị Đào'],
    [COLLEAGUE, CELL, ACTIVE, 'Lê Văn Ân'],
    [NEIGHBOUR, NEXT_CELL, ACTIVE, 'Phan Thị Hoà'],
    [STRANGER, FAR_CELL, ACTIVE, 'Trần Văn Ơn'],
    [EXEMPT, CELL, 'Miễn công tác và sinh hoạt đảng', 'Đỗ Thị Miễn'],
  ];
  const records: Record[] = [];
  let made = 0;
  const word = () => `tu${(made += 1)}rieng`;
  for (const [key, cell, status, fullName] of people) {
    const own = word();
    await t.put('member', key, {
      recordCode: key,
      fullName: `${fullName} ${own}`,
      organisationCode: cell,
      status,
      membership: 'ChinhThuc',
      citizenNumber: `0990${key.slice(-8).replace('-', '0')}`,
    });
    records.push({ entity: 'member', key, owner: key, cell, word: own });
  }
  for (const [owner, cell] of people) {
    for (const entity of ['assignment', 'changeRequest', 'rating', 'opinion', 'attendance'] as const) {
      const key = `${entity}-${owner}`;
      const own = word();
      const meetingCode = `meeting-${cell}`;
      await t.put(entity, key, {
        recordCode: key,
        memberCode: owner,
        organisationCode: cell,
        ...(entity === 'attendance' ? { meetingCode, status: 'CoMat' } : {}),
        ...(entity === 'changeRequest' ? { newValue: own, fieldName: 'DienThoai' } : {}),
        ...(entity === 'assignment' ? { report: own, progress: 0, taskCode: `task-${cell}` } : {}),
        ...(entity === 'opinion' ? { subject: own, content: own } : {}),
      });
      records.push({ entity, key, owner, cell, word: own });
    }
  }
  for (const cell of [CELL, NEXT_CELL, FAR_CELL, WARD, OTHER_WARD, CITY]) {
    for (const entity of ['document', 'task', 'meeting'] as const) {
      const key = `${entity}-${cell}`;
      const own = word();
      await t.put(entity, key, {
        ...(entity === 'document'
          ? { recordCode: key, scope: [cell], summary: own }
          : { organisationCode: cell }),
        ...(entity === 'task' ? { taskCode: key, title: own } : {}),
        ...(entity === 'meeting' ? { meetingCode: key, topic: own } : {}),
      });
      records.push({ entity, key, owner: null, cell, word: own });
    }
  }
  await t.settled();
  return records;
}

export const CALLERS = [
  'member',
  'secretary',
  'officer',
  'city',
  'app',
  'service for the member',
  'idle',
] as const;
export type CallerName = (typeof CALLERS)[number];

export async function callersOf(t: HandbookApp): Promise<{ readonly [name in CallerName]: Headers }> {
  const app = await t.account('app', {});
  return {
    member: await t.account('member', { memberKey: ME }),
    secretary: await t.account('secretary', { memberKey: COLLEAGUE, organisationCode: CELL }),
    officer: await t.account('officer', { organisationCode: WARD }),
    city: await t.account('officer', { organisationCode: '*' }),
    app,
    'service for the member': { ...app, 'x-acting-for': ME },
    idle: await t.account('member', { memberKey: EXEMPT }),
  };
}

const ABOVE: { readonly [code: string]: readonly string[] } = {
  [CELL]: [CELL, WARD, CITY],
  [NEXT_CELL]: [NEXT_CELL, WARD, CITY],
  [FAR_CELL]: [FAR_CELL, OTHER_WARD, CITY],
  [WARD]: [WARD, CITY],
  [OTHER_WARD]: [OTHER_WARD, CITY],
  [CITY]: [CITY],
};

/** What each caller may see, said once more and in other words than the store does: by walking up from the record. */
export function maySee(caller: CallerName, { entity, owner, cell }: Record): boolean {
  if (caller === 'idle') return false;
  if (caller === 'app' || caller === 'city') return true;
  const person = caller === 'secretary' ? COLLEAGUE : caller === 'officer' ? null : ME;
  if (owner !== null) {
    if (owner === person) return true;
    if (entity === 'rating' || entity === 'opinion') return false;
    if (caller === 'secretary') return cell === CELL;
    return caller === 'officer' && (ABOVE[cell ?? ''] ?? []).includes(WARD);
  }
  if (caller === 'officer') {
    const at = ABOVE[cell ?? ''] ?? [];
    return at.includes(WARD) || (ABOVE[WARD] ?? []).includes(cell ?? '');
  }
  return (ABOVE[CELL] ?? []).includes(cell ?? '');
}

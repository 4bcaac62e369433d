import { dateTimeItem, textItem } from '../engine/item-builders.ts';
import type { StoredNote } from '../stored-note.ts';
import { oneIn, padded } from './draw.ts';
import { inventOfficer, inventPlace } from './invented-names.ts';
import { day, drawStamps, stampedNote } from './note-stamps.ts';
import { accessItems, releaseItems } from './release-items.ts';
import type { SampleContext } from './sample-context.ts';

export const MEMBERS_PER_CELL = 22;
const CELLS_PER_GRASSROOTS = 10;
/** Every third grassroots committee has a committee between itself and the cells from this one on. */
const FIRST_SUBORDINATE_CELL = 5;
const GRASSROOTS_PER_UPPER = 12;
/** Three digits of the code number the upper committees. */
export const MOST_MEMBERS = 999 * GRASSROOTS_PER_UPPER * CELLS_PER_GRASSROOTS * MEMBERS_PER_CELL;

export interface Organisation {
  /** `MM.MMM.MMM.MMM.MMM`: province, upper committee, grassroots, subordinate committee, cell. */
  readonly code: string;
  readonly parent: string | null;
  readonly name: string;
  readonly kind: 'DangBoTinh' | 'DangBoCapTren' | 'DangBoCoSo' | 'DangBoBoPhan' | 'ChiBo';
}

const CITY: Organisation = {
  code: '01.000.000.000.000',
  parent: null,
  name: 'Đảng bộ thành phố Hà Nội (mẫu)',
  kind: 'DangBoTinh',
};

/** The organisations that come into being with the cell of this number (0, 1, …), parents first, the cell last. */
export function organisationsOfCell(number: number): readonly [...Organisation[], Organisation] {
  const inGrassroots = number % CELLS_PER_GRASSROOTS;
  const grassrootsNumber = Math.floor(number / CELLS_PER_GRASSROOTS);
  const inUpper = grassrootsNumber % GRASSROOTS_PER_UPPER;
  const upperNumber = Math.floor(grassrootsNumber / GRASSROOTS_PER_UPPER);
  const upperCode = code(upperNumber + 1, 0, 0, 0);
  const grassrootsCode = code(upperNumber + 1, inUpper + 1, 0, 0);
  const subordinated = grassrootsNumber % 3 === 2 && inGrassroots >= FIRST_SUBORDINATE_CELL;
  const subordinateCode = code(upperNumber + 1, inUpper + 1, 1, 0);
  const upper: Organisation = {
    code: upperCode,
    parent: CITY.code,
    name: `Đảng bộ phường ${inventPlace(upperNumber)}`,
    kind: 'DangBoCapTren',
  };
  const grassroots: Organisation = {
    code: grassrootsCode,
    parent: upperCode,
    name: `Đảng bộ cơ sở ${inventPlace(grassrootsNumber)}`,
    kind: 'DangBoCoSo',
  };
  const subordinate: Organisation = {
    code: subordinateCode,
    parent: grassrootsCode,
    name: `Đảng bộ bộ phận, cơ sở ${inventPlace(grassrootsNumber)}`,
    kind: 'DangBoBoPhan',
  };
  const cell: Organisation = {
    code: code(upperNumber + 1, inUpper + 1, subordinated ? 1 : 0, inGrassroots + 1),
    parent: subordinated ? subordinateCode : grassrootsCode,
    name: `Chi bộ ${inGrassroots + 1}, cơ sở ${inventPlace(grassrootsNumber)}`,
    kind: 'ChiBo',
  };
  return [
    ...(number === 0 ? [CITY] : []),
    ...(inGrassroots === 0 && inUpper === 0 ? [upper] : []),
    ...(inGrassroots === 0 ? [grassroots] : []),
    ...(subordinated && inGrassroots === FIRST_SUBORDINATE_CELL ? [subordinate] : []),
    cell,
  ];
}

/** Organisations are always released: everything else hangs on them. */
export function organisationNote(organisation: Organisation, context: SampleContext): StoredNote {
  const { bridge, random } = context;
  const stamps = drawStamps(context);
  const officer = inventOfficer(random);
  const recoded = organisation.kind === 'ChiBo' && oneIn(5, random);
  return stampedNote(
    stamps,
    'ToChucDang',
    [
      textItem('MaToChuc', organisation.code),
      textItem('MaCapTren', organisation.parent ?? ''),
      textItem('TenToChuc', organisation.name),
      textItem('LoaiToChuc', organisation.kind),
      // The communes took over from the districts on that day.
      dateTimeItem('HieuLucTu', day('2025-07-01')),
      // In force: Notes stores the empty date field as an empty text.
      textItem('HieuLucDen', ''),
      textItem('LoaiBienDong', recoded ? 'Chuyển giao' : 'Thành lập'),
      ...(recoded ? [textItem('MaCu', [`01.9${organisation.code.slice(4)}`])] : []),
      textItem('TrangThai', 'Đang hoạt động'),
      ...releaseItems('released', stamps, officer, random),
      ...accessItems(organisation.code, officer, bridge, random),
    ],
    officer,
  );
}

function code(upper: number, grassroots: number, subordinate: number, cell: number): string {
  return `01.${padded(upper, 3)}.${padded(grassroots, 3)}.${padded(subordinate, 3)}.${padded(cell, 3)}`;
}

import type { Random } from '../engine/seeded-random.ts';
import { pick } from './draw.ts';

/** Common family, middle and given names, put together by chance: nobody is meant. */
const FAMILY = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Phan',
  'Vũ',
  'Võ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hồ',
  'Ngô',
  'Dương',
  'Lý',
  'Đinh',
  'Đoàn',
  'Trịnh',
  'Mai',
  'Tạ',
] as const;
const MIDDLE = {
  Nam: ['Văn', 'Đức', 'Quang', 'Hữu', 'Minh', 'Xuân', 'Công', 'Thế', 'Quốc', 'Anh'],
  Nữ: ['Thị', 'Thu', 'Ngọc', 'Thanh', 'Bích', 'Hồng', 'Kim', 'Mỹ', 'Diệu', 'Phương'],
} as const;
const GIVEN = {
  Nam: [
    'An',
    'Bình',
    'Cường',
    'Dũng',
    'Đạt',
    'Hải',
    'Hiếu',
    'Hùng',
    'Khánh',
    'Lâm',
    'Long',
    'Nghĩa',
    'Phúc',
    'Quân',
    'Sơn',
    'Thắng',
    'Toàn',
    'Trường',
    'Tuấn',
    'Việt',
  ],
  Nữ: [
    'Ánh',
    'Chi',
    'Dung',
    'Giang',
    'Hà',
    'Hạnh',
    'Hiền',
    'Hoa',
    'Hương',
    'Huyền',
    'Lan',
    'Linh',
    'Loan',
    'Nga',
    'Ngân',
    'Nhung',
    'Oanh',
    'Thảo',
    'Thủy',
    'Yến',
  ],
} as const;
const PLACES = [
  'Bờ Đê',
  'Cầu Mây',
  'Đồng Sen',
  'Gò Đa',
  'Hồ Biếc',
  'Làng Gốm',
  'Ngõ Trúc',
  'Núi Voi',
  'Suối Ngọc',
  'Vườn Dâu',
] as const;

export type Gender = 'Nam' | 'Nữ';

/** Family, middle and given name in NFC. */
export function inventName(gender: Gender, random: Random): string {
  return `${pick(FAMILY, random)} ${pick(MIDDLE[gender], random)} ${pick(GIVEN[gender], random)}`;
}

/** A ward's or a unit's name; the places do not exist. */
export function inventPlace(number: number): string {
  const name = PLACES[number % PLACES.length] ?? '';
  const round = Math.floor(number / PLACES.length);
  return round === 0 ? name : `${name} ${round + 1}`;
}

/** Canonical name of an officer who works in Notes. */
export function inventOfficer(random: Random): string {
  return `CN=${inventName(pick(['Nam', 'Nữ'], random), random)}/OU=Can bo/O=Mau`;
}

import { dateTimeItem, numberItem, textItem } from '../engine/item-builders.ts';
import { between, padded, pick } from './draw.ts';
import { day } from './note-stamps.ts';
import { type CityCell, cityNote, deniedNote } from './city-plan.ts';
import type { SampleNote } from './sample-report.ts';

const DECISION = (number: number) => `${number + 1}-QĐ/ĐU`;

/** What is kept of one member beside the member's own note: posts, ratings, rewards, badges, transfers, and what never crosses. `place` counts within the cell. */
export function* memberHistory(cell: CityCell, place: number): Generator<SampleNote> {
  const member = cell.members[place];
  if (member === undefined) return;
  const { number, code } = member;
  if (place < 3) yield cityNote(post(cell, code, number, place), cell);
  yield cityNote(rating(cell, code, number), cell);
  if (number % 10 === 3) yield cityNote(reward(cell, code, number), cell);
  if (number % 12 === 7) yield cityNote(badge(cell, code, number), cell);
  if (number % 40 === 9) yield cityNote(transfer(cell, code, number), cell);
  if (number % 60 === 21) yield deniedNote(denied('KyLuat', 'KL', code, number), cell);
  if (number % 300 === 33) yield deniedNote(denied('KiemTraGiamSat', 'KT', code, number), cell);
  if (number % 30 === 17) yield deniedNote(denied('HoSoDangVien', 'HS', code, number), cell);
}

type Plan = Parameters<typeof cityNote>[0];

function post(cell: CityCell, member: string, number: number, place: number): Plan {
  const { random } = cell.context;
  return {
    database: 'members',
    form: 'ChucVu',
    kind: 'CV',
    number,
    flaw: textItem('TenChucVu', 'KhongCo'),
    items: (recordCode) => [
      textItem('MaBanGhi', recordCode),
      textItem('MaDangVien', member),
      textItem('MaToChuc', cell.code),
      textItem('TenChucVu', place === 0 ? 'BiThu' : place === 1 ? 'PhoBiThu' : 'CapUyVien'),
      // Often nobody knows more than the year.
      textItem('TuNgay', pick(['2025', '07/2025', '01/07/2025'], random)),
      textItem('DenNgay', ''),
      textItem('SoQD', DECISION(number)),
    ],
  };
}

function rating(cell: CityCell, member: string, number: number): Plan {
  const { random } = cell.context;
  return {
    database: 'members',
    form: 'XepLoai',
    kind: 'XL',
    number,
    flaw: numberItem('Nam', 25),
    items: (recordCode) => [
      textItem('MaBanGhi', recordCode),
      textItem('MaDangVien', member),
      numberItem('Nam', 2024),
      textItem('Quy', ''),
      textItem('Muc', pick(['HTXSNV', 'HTTNV', 'HTTNV', 'HTNV', 'KHTNV'], random)),
      textItem('SoQD', DECISION(number)),
      dateTimeItem('NgayQD', day(`2024-12-${padded(between(15, 30, random), 2)}`)),
    ],
  };
}

function reward(cell: CityCell, member: string, number: number): Plan {
  const { random } = cell.context;
  return {
    database: 'members',
    form: 'KhenThuong',
    kind: 'KTH',
    number,
    flaw: textItem('HinhThuc', ''),
    items: (recordCode) => [
      textItem('MaBanGhi', recordCode),
      textItem('MaDangVien', member),
      textItem('HinhThuc', pick(['Giấy khen', 'Bằng khen'], random)),
      textItem('CapKhen', pick(['Đảng ủy phường', 'Thành ủy'], random)),
      textItem('SoQD', DECISION(number)),
      textItem('NgayQD', pick(['2024', '12/2024', '20/12/2024'], random)),
    ],
  };
}

function badge(cell: CityCell, member: string, number: number): Plan {
  const { random } = cell.context;
  return {
    database: 'members',
    form: 'HuyHieu',
    kind: 'HH',
    number,
    flaw: numberItem('SoNam', 31),
    items: (recordCode) => [
      textItem('MaBanGhi', recordCode),
      textItem('MaDangVien', member),
      numberItem('SoNam', pick([30, 40, 45, 50, 55, 60], random)),
      textItem('SoHuyHieu', padded(number, 7)),
      textItem('Dot', pick(['3/2', '19/5', '2/9', '7/11'], random)),
      textItem('SoQD', DECISION(number)),
    ],
  };
}

function transfer(cell: CityCell, member: string, number: number): Plan {
  const { random } = cell.context;
  return {
    database: 'members',
    form: 'ChuyenSinhHoat',
    kind: 'CSH',
    number,
    flaw: textItem('Loai', 'KhacNua'),
    items: (recordCode) => [
      textItem('MaBanGhi', recordCode),
      textItem('MaDangVien', member),
      textItem('Loai', pick(['ChinhThuc', 'TamThoi', 'NoiBo'], random)),
      textItem('MaChiBoDi', cell.code),
      textItem('MaChiBoDen', ''),
      textItem('SoGGT', padded(number, 5)),
      dateTimeItem('NgayKyGGT', day('2025-03-03')),
      dateTimeItem('TuNgay', day('2025-03-10')),
      dateTimeItem('DenNgay', day('2025-09-10')),
      textItem('GiaHanDen', ''),
      textItem('NgayTiepNhan', ''),
      textItem('TrangThai', pick(['ChoTiepNhan', 'DaTiepNhan'], random)),
    ],
  };
}

function denied(
  form: 'KyLuat' | 'KiemTraGiamSat' | 'HoSoDangVien',
  kind: string,
  member: string,
  number: number,
) {
  return {
    database: 'members',
    form,
    kind,
    number,
    items: (recordCode: string) => [
      textItem('MaBanGhi', recordCode),
      textItem('MaDangVien', member),
      textItem('NoiDung', 'Nội dung không bao giờ rời khỏi hệ thống bên trong.'),
    ],
  } as const;
}

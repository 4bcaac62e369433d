import { dateTimeItem, namesItem, numberItem, textItem } from '../engine/item-builders.ts';
import { type CityCell, cityNote } from './city-plan.ts';
import { padded, pick } from './draw.ts';
import { plainRichText } from './plain-rich-text.ts';
import { localTime } from './note-stamps.ts';
import { codeOf } from './sample-codes.ts';
import type { SampleNote } from './sample-report.ts';

const MEETINGS_A_YEAR = 12;
/** Most members of a cell that attendance is numbered by. */
const PLACES = 100;
const TOPICS = [
  'Sinh hoạt thường kỳ, kiểm điểm công tác tháng',
  'Học tập chuyên đề năm',
  'Góp ý dự thảo nghị quyết',
  'Chuẩn bị đại hội chi bộ',
] as const;

/** One regular meeting of the year and who came: a note for each member, responses to it. */
export function* meetingOfMonth(cell: CityCell, month: number): Generator<SampleNote> {
  const { random } = cell.context;
  const number = cell.number * MEETINGS_A_YEAR + month;
  const meetingCode = codeOf('SH', cell.seed, number);
  // The evening of the third in Hà Nội.
  const starts = Date.UTC(2025, month, 3, 12, 30);
  const meeting = cityNote(
    {
      database: 'work',
      form: 'SinhHoat',
      kind: 'SH',
      number,
      flaw: textItem('Loai', 'KhacNua'),
      items: (code) => [
        textItem('MaSinhHoat', code),
        textItem('MaChiBo', cell.code),
        textItem('Loai', month % 3 === 2 ? 'ChuyenDe' : 'ThuongKy'),
        dateTimeItem('BatDau', localTime(starts)),
        dateTimeItem('KetThuc', localTime(starts + 90 * 60_000)),
        textItem('DiaDiem', `Nhà văn hóa tổ dân phố ${(cell.number % 40) + 1}`),
        textItem('ChuDe', pick(TOPICS, random)),
        textItem('TaiLieu', []),
        textItem('NguonTao', 'N'),
        textItem('TrangThai', 'DaKhoa'),
        numberItem('SoTrieuTap', cell.members.length),
        numberItem('SoMien', 0),
      ],
    },
    cell,
  );
  yield meeting;
  const parent = { note: meeting.note, released: meeting.state === 'released' };
  for (const [place, member] of cell.members.entries()) {
    yield cityNote(
      {
        database: 'work',
        form: 'DiemDanh',
        kind: 'DD',
        number: number * PLACES + place,
        flaw: textItem('TrangThai', 'KhongRo'),
        parent,
        items: (code, _stamps, officer) => [
          textItem('MaBanGhi', code),
          textItem('MaSinhHoat', meetingCode),
          textItem('MaDangVien', member.code),
          textItem('TrangThai', pick(['CoMat', 'CoMat', 'CoMat', 'TrucTuyen', 'VangCoLyDo'], random)),
          dateTimeItem('GhiNhanLuc', localTime(starts + 5 * 60_000)),
          textItem('NguoiGhi', officer.slice(3, officer.indexOf('/'))),
        ],
      },
      cell,
    );
  }
}

/** News of the committee above; one cell in ten has some. */
export function cityNews(cell: CityCell): SampleNote {
  const title = pick(TOPICS, cell.context.random);
  return cityNote(
    {
      database: 'work',
      form: 'TinTuc',
      kind: 'TIN',
      number: cell.number,
      flaw: textItem('TieuDe', ''),
      items: (code, stamps, officer) => [
        textItem('MaBanGhi', code),
        textItem('TieuDe', title),
        textItem('TomTat', `${title}. Tin của đảng ủy cơ sở.`),
        plainRichText('NoiDung', [title, `Bản tin số ${padded(cell.number, 5)}.`]),
        textItem('ChuyenMuc', 'Xây dựng Đảng'),
        textItem('NguonTin', 'Đảng ủy cơ sở'),
        dateTimeItem('DangLuc', localTime(stamps.created)),
        textItem('PhamVi', [cell.code]),
        namesItem('NguoiDang', officer),
      ],
    },
    cell,
  );
}

import { dateTimeItem, fileItem, textItem } from '../engine/item-builders.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import type { Random } from '../engine/seeded-random.ts';
import type { StoredItem, StoredNote } from '../stored-note.ts';
import { between, oneIn, padded, pick } from './draw.ts';
import { inventName, inventOfficer } from './invented-names.ts';
import { day, dayOf, drawStamps, stampedNote } from './note-stamps.ts';
import { plainRichText } from './plain-rich-text.ts';
import type { Organisation } from './organisations.ts';
import { accessItems, type Release, releaseItems } from './release-items.ts';
import type { SampleContext } from './sample-context.ts';

export interface DocumentPlan {
  readonly number: number;
  readonly recordCode: string;
  /** Who issued it, and whom it concerns. */
  readonly organisation: Organisation;
  readonly scope: readonly string[];
  readonly release: Release;
  readonly flawed: boolean;
}

const KINDS = [
  ['Nghị quyết', 'NQ'],
  ['Kế hoạch', 'KH'],
  ['Thông báo', 'TB'],
  ['Hướng dẫn', 'HD'],
  ['Quyết định', 'QĐ'],
  ['Công văn', 'CV'],
] as const;
const SUBJECTS = [
  'sinh hoạt chi bộ theo chuyên đề quý',
  'học tập và quán triệt nghị quyết',
  'chuyển đổi số trong công tác đảng viên',
  'thu nộp đảng phí năm',
  'kiểm tra, giám sát thường xuyên',
  'đánh giá, xếp loại cuối năm',
] as const;

export function documentNote(plan: DocumentPlan, context: SampleContext): StoredNote {
  const { bridge, random } = context;
  const stamps = drawStamps(context);
  const officer = inventOfficer(random);
  const [kind, abbreviation] = pick(KINDS, random);
  const subject = `${kind} về ${pick(SUBJECTS, random)} ${between(2023, 2025, random)}`;
  const number = `${plan.number + 1}-${abbreviation}/ĐU`;
  const signer = inventName(pick(['Nam', 'Nữ'] as const, random), random);
  return stampedNote(
    stamps,
    'VanBan',
    [
      textItem('MaBanGhi', plan.recordCode),
      textItem('SoKyHieu', number),
      dateTimeItem('NgayBanHanh', day(dayOf(stamps.created))),
      textItem('LoaiVanBan', kind),
      textItem('CoQuanBanHanh', plan.organisation.name),
      textItem('NguoiKy', signer),
      textItem('TrichYeu', plan.flawed ? '' : subject),
      plainRichText('NoiDung', [
        subject,
        `Căn cứ chương trình công tác năm, ${plan.organisation.name} yêu cầu các chi bộ triển khai nội dung trên.`,
        'Các đồng chí cấp ủy theo dõi, đôn đốc và báo cáo kết quả trước ngày 25 hằng tháng.',
        `Nơi nhận: các chi bộ trực thuộc. Người ký: ${signer}.`,
      ]),
      textItem('PhamVi', plan.scope),
      textItem('HieuLuc', 'Còn hiệu lực'),
      textItem('ThuHoi', oneIn(20, random) ? '1' : '0'),
      ...releaseItems(plan.release, stamps, officer, random),
      ...accessItems(plan.organisation.code, officer, bridge, random),
      ...attachments(plan, subject, stamps.created, random),
    ],
    officer,
  );
}

/** None, one or two small files. */
function attachments(plan: DocumentPlan, subject: string, created: number, random: Random): StoredItem[] {
  const count = between(0, 2, random);
  return Array.from({ length: count }, (_, index) => {
    const rows = Array.from(
      { length: between(3, 40, random) },
      (_, row) => `${row + 1};${plan.organisation.code};${between(0, 100, random)}`,
    );
    const text = `${subject}\nSTT;Tổ chức;Kết quả\n${rows.join('\n')}\n`;
    return fileItem(
      `phu-luc-${padded(index + 1, 2)}.csv`,
      new TextEncoder().encode(text),
      dateTimeOf(created),
    );
  });
}

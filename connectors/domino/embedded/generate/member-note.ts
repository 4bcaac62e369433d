import { dateTimeItem, numberItem, textItem } from '../engine/item-builders.ts';
import type { Random } from '../engine/seeded-random.ts';
import type { StoredItem, StoredNote } from '../stored-note.ts';
import { abcFontText } from './abc-font-text.ts';
import { between, oneIn, padded, pick } from './draw.ts';
import { inventName, inventOfficer } from './invented-names.ts';
import { day, drawStamps, stampedNote } from './note-stamps.ts';
import { accessItems, type Release, releaseItems } from './release-items.ts';
import type { SampleContext } from './sample-context.ts';

export interface MemberPlan {
  /** 0, 1, …: part of every identifier, which is therefore unique within a seed. */
  readonly number: number;
  readonly recordCode: string;
  readonly cellCode: string;
  readonly release: Release;
  /** Which mistake the note carries; null = none. */
  readonly flaw: number | null;
  /** The name is typed in an ABC font, where such a font can show it. */
  readonly abcFont: boolean;
}

/** Ways in which a member's note cannot be read; each a released note that belongs into quarantine. */
export const MEMBER_FLAWS: readonly (() => StoredItem)[] = [
  () => textItem('HoTen', ''),
  () => numberItem('SoDinhDanh', 99_000_000_001),
  () => textItem('NgaySinh', '31/02/1980'),
  () => textItem('GioiTinh', 'Không rõ'),
  () => textItem('HoTen', ['Nguyễn Văn Hai', 'Nguyễn Văn Tên']),
  () => textItem('SoThe', '12-345'),
  // An ABC font or a Latin alphabet: nobody can tell.
  () => textItem('HoTen', 'TrÇn Minh Long'),
  () => textItem('MaChiBo', ['01.001.001.000.001', '01.001.001.000.002']),
];

export function memberNote(
  plan: MemberPlan,
  context: SampleContext,
): { readonly note: StoredNote; readonly abcFont: boolean } {
  const { bridge, random } = context;
  const stamps = drawStamps(context);
  const officer = inventOfficer(random);
  const gender = pick(['Nam', 'Nữ'] as const, random);
  const name = inventName(gender, random);
  const birthYear = between(1940, 2004, random);
  const admittedYear = between(
    birthYear + 19,
    Math.max(birthYear + 19, Math.min(birthYear + 40, 2024)),
    random,
  );
  const probationary = admittedYear === 2024;
  const citizenNumber = citizenNumberOf(plan.number, birthYear, gender);
  const decomposed = oneIn(40, random);
  const typed = plan.abcFont ? abcFontText(name) : null;
  const items: StoredItem[] = [
    textItem('MaBanGhi', plan.recordCode),
    // Macs type decomposed letters; Notes keeps them as they came.
    textItem('HoTen', typed ?? (decomposed ? name.normalize('NFD') : name)),
    drawDate('NgaySinh', birthYear, random),
    textItem('GioiTinh', gender),
    drawDate('NgayKetNap', admittedYear, random),
    ...(probationary
      ? [textItem('NgayChinhThuc', '')]
      : [drawDate('NgayChinhThuc', admittedYear + 1, random)]),
    textItem(
      'SoThe',
      probationary ? '' : oneIn(3, random) ? citizenNumber : padded(10_000_000 + plan.number, 8),
    ),
    textItem('MaChiBo', plan.cellCode),
    textItem('SoDinhDanh', oneIn(30, random) ? '' : citizenNumber),
    // No number in Việt Nam starts like this.
    textItem('DienThoai', oneIn(15, random) ? '' : `010${padded(plan.number % 10_000_000, 7)}`),
    textItem('LoaiDangVien', probationary ? 'DuBi' : 'ChinhThuc'),
    textItem('TrangThai', oneIn(25, random) ? 'Miễn công tác và sinh hoạt đảng' : 'Đang sinh hoạt'),
    // These stay inside: no mapping names them.
    textItem('DanToc', 'Kinh'),
    textItem('QueQuan', 'Hà Nội'),
    ...releaseItems(plan.release, stamps, officer, random),
    ...accessItems(plan.cellCode, officer, bridge, random),
  ];
  const broken = plan.flaw === null ? undefined : MEMBER_FLAWS[plan.flaw % MEMBER_FLAWS.length]?.();
  const note = stampedNote(
    stamps,
    'DangVien',
    broken === undefined ? items : items.map((item) => (item.name === broken.name ? broken : item)),
    officer,
  );
  return { note, abcFont: typed !== null && broken?.name !== 'HoTen' };
}

/** Twelve digits as on an identity card, with the province 099 that does not exist: province, century and sex, year of birth, number. */
function citizenNumberOf(number: number, birthYear: number, gender: 'Nam' | 'Nữ'): string {
  const century = (birthYear >= 2000 ? 2 : 0) + (gender === 'Nữ' ? 1 : 0);
  return `099${century}${padded(birthYear % 100, 2)}${padded(number % 1_000_000, 6)}`;
}

/** A day as a date item, typed as text, or only as far as an old record knows it. */
function drawDate(name: string, year: number, random: Random): StoredItem {
  const month = between(1, 12, random);
  const ofMonth = between(1, 28, random);
  const kind = random();
  if (kind < 0.6) return dateTimeItem(name, day(`${year}-${padded(month, 2)}-${padded(ofMonth, 2)}`));
  if (kind < 0.9) return textItem(name, `${padded(ofMonth, 2)}/${padded(month, 2)}/${year}`);
  return textItem(name, kind < 0.96 ? `${padded(month, 2)}/${year}` : String(year));
}

import { dateTimeItem, namesItem, numberItem, textItem } from '../engine/item-builders.ts';
import type { Random } from '../engine/seeded-random.ts';
import type { StoredNote } from '../stored-note.ts';
import { between, oneIn, pick } from './draw.ts';
import { inventOfficer } from './invented-names.ts';
import { drawStamps, LAST_DAY, localTime, stampedNote } from './note-stamps.ts';
import { plainRichText } from './plain-rich-text.ts';
import { accessItems, type Release, releaseItems } from './release-items.ts';
import type { SampleContext } from './sample-context.ts';

const TITLES = [
  'Viết bài thu hoạch nghị quyết',
  'Chuẩn bị báo cáo chuyên đề sinh hoạt chi bộ',
  'Rà soát hồ sơ đảng viên',
  'Phụ trách hộ gia đình khu dân cư',
  'Tham gia tổ chuyển đổi số cộng đồng',
  'Kèm cặp quần chúng ưu tú',
] as const;
const DAY_MS = 86_400_000;

export interface TaskPlan {
  readonly taskCode: string;
  readonly cellCode: string;
  readonly release: Release;
  readonly flawed: boolean;
}

export interface TaskNotes {
  readonly task: StoredNote;
  /** Instant. */
  readonly due: number;
}

export function taskNote(plan: TaskPlan, context: SampleContext): TaskNotes {
  const { bridge, random } = context;
  const stamps = drawStamps(context);
  const officer = inventOfficer(random);
  // Five in the afternoon in Hà Nội.
  const due = LAST_DAY + between(30, 365, random) * DAY_MS + 10 * 3_600_000;
  const title = pick(TITLES, random);
  const task = stampedNote(
    stamps,
    'NhiemVu',
    [
      textItem('MaNhiemVu', plan.taskCode),
      textItem('TieuDe', title),
      plainRichText('MoTa', [title, 'Thực hiện theo phân công của chi bộ và báo cáo trên Sổ tay.']),
      namesItem('NguoiGiao', officer),
      textItem('MaToChucGiao', plan.cellCode),
      plan.flawed ? numberItem('HanHoanThanh', 45_000) : dateTimeItem('HanHoanThanh', localTime(due)),
      textItem('DoUuTien', pick(['Cao', 'Trung bình', 'Thấp'], random)),
      ...releaseItems(plan.release, stamps, officer, random),
      ...accessItems(plan.cellCode, officer, bridge, random),
    ],
    officer,
  );
  return { task, due };
}

export interface AssignmentPlan {
  readonly recordCode: string;
  readonly taskCode: string;
  readonly taskUnid: string;
  readonly memberCode: string;
  readonly cellCode: string;
  readonly due: number;
  readonly release: Release;
  readonly flawed: boolean;
}

/** One member's part of a task, a response to it. */
export function assignmentNote(plan: AssignmentPlan, context: SampleContext): StoredNote {
  const { bridge, random } = context;
  const stamps = drawStamps(context);
  const officer = inventOfficer(random);
  const [status, progress] = drawProgress(random);
  return stampedNote(
    stamps,
    'NhiemVuDangVien',
    [
      textItem('MaBanGhi', plan.recordCode),
      textItem('MaNhiemVu', plan.taskCode),
      textItem('MaDangVien', plan.memberCode),
      textItem('MaChiBo', plan.cellCode),
      dateTimeItem('HanHoanThanh', localTime(plan.due)),
      numberItem('TienDo', plan.flawed ? 140 : progress),
      textItem('TrangThai', status),
      textItem(
        'BaoCao',
        status === 'Moi' || oneIn(3, random) ? '' : `Đã thực hiện ${progress}% công việc được giao.`,
        {
          summary: false,
        },
      ),
      ...releaseItems(plan.release, stamps, officer, random),
      ...accessItems(plan.cellCode, officer, bridge, random),
    ],
    officer,
    plan.taskUnid,
  );
}

function drawProgress(random: Random): readonly [status: string, progress: number] {
  const status = pick(['Moi', 'DaNhan', 'DangLam', 'HoanThanh', 'QuaHan'], random);
  if (status === 'HoanThanh') return [status, 100];
  return [status, status === 'Moi' || status === 'DaNhan' ? 0 : between(1, 19, random) * 5];
}

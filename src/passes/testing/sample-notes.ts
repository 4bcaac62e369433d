import { dateTimeItem, namesItem } from '../../../connectors/domino/embedded/engine/item-builders.ts';
import { plainRichText } from '../../../connectors/domino/embedded/generate/plain-rich-text.ts';
import type { NotesUser, TypedItems } from '../../../connectors/domino/embedded/engine/notes-user.ts';

const RELEASED: TypedItems = { DoMat: 'Thuong', ChoPhepChuyen: '1' };
const DUE = { date: '2026-12-01', time: '17:00:00.00', zone: '+0700', dst: false };

/** A released task; `items` replace or (null) leave out. */
export function newTask(person: NotesUser, code: string, items: TypedItems = {}): string {
  return person.create({
    Form: 'NhiemVu',
    ...RELEASED,
    MaNhiemVu: code,
    TieuDe: `Nhiệm vụ ${code}`,
    NguoiGiao: namesItem('NguoiGiao', 'CN=Tran Thi Giao/O=Mau'),
    HanHoanThanh: dateTimeItem('HanHoanThanh', DUE),
    MoTa: plainRichText('MoTa', [`Nội dung ${code}`]),
    ...items,
  });
}

/** A released per-assignee document of a task. */
export function newAssignment(person: NotesUser, code: string, task: string, items: TypedItems = {}): string {
  return person.create({
    Form: 'NhiemVuDangVien',
    ...RELEASED,
    MaBanGhi: code,
    MaNhiemVu: task,
    MaDangVien: 'dang-vien-0001',
    HanHoanThanh: dateTimeItem('HanHoanThanh', DUE),
    TienDo: 0,
    TrangThai: 'Moi',
    ...items,
  });
}

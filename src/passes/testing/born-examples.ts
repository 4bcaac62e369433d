import { type EntityExample, at, utc } from './entity-example.ts';

/** Records that members and secretaries bring into being, with what an officer answers. */
export const BORN_EXAMPLES: readonly EntityExample[] = [
  {
    form: 'DeXuatThayDoi',
    items: { TrangThai: 'ChapNhan', LyDo: 'Đã cập nhật' },
    fields: { status: 'ChapNhan', reason: 'Đã cập nhật' },
    pushed: {
      recordCode: ['de-xuat-0001', 'MaBanGhi', ['de-xuat-0001']],
      memberCode: ['dang-vien-0001', 'MaDangVien', ['dang-vien-0001']],
      fieldName: ['DienThoai', 'TenTruong', ['DienThoai']],
      oldValue: ['0100000001', 'GiaTriCu', ['0100000001']],
      newValue: ['0100000002', 'GiaTriMoi', ['0100000002']],
      baseVersion: [3, 'PhienBanGoc', [3]],
      submittedAt: ['2026-11-04T12:35:00.00Z', 'ThoiDiemGui', [utc('2026-11-04', '12:35:00.00')]],
    },
  },
  {
    form: 'DuThaoSinhHoat',
    items: { MaSinhHoat: 'sinh-hoat-0001', TrangThai: 'ChapNhan', LyDo: 'Đã lên lịch' },
    fields: { meetingCode: 'sinh-hoat-0001', status: 'ChapNhan', reason: 'Đã lên lịch' },
    pushed: {
      recordCode: ['du-thao-0001', 'MaBanGhi', ['du-thao-0001']],
      organisationCode: ['01.001.001.000.001', 'MaChiBo', ['01.001.001.000.001']],
      kind: ['ChuyenDe', 'Loai', ['ChuyenDe']],
      startsAt: ['2026-12-04T12:30:00.00Z', 'BatDau', [utc('2026-12-04', '12:30:00.00')]],
      endsAt: ['2026-12-04T14:00:00.00Z', 'KetThuc', [utc('2026-12-04', '14:00:00.00')]],
      place: ['Nhà văn hóa', 'DiaDiem', ['Nhà văn hóa']],
      topic: ['Chuyên đề quý IV', 'ChuDe', ['Chuyên đề quý IV']],
    },
  },
  {
    form: 'YKien',
    items: {
      TrangThaiXuLy: 'DaTraLoi',
      TraLoi: 'Chi bộ đã tiếp thu.',
      NguoiTraLoi: 'Chi ủy',
      TraLoiLuc: at('TraLoiLuc', '2026-11-10', '09:00:00.00'),
    },
    fields: {
      status: 'DaTraLoi',
      reply: 'Chi bộ đã tiếp thu.',
      repliedBy: 'Chi ủy',
      repliedAt: '2026-11-10T02:00:00.00Z',
    },
    pushed: {
      recordCode: ['y-kien-0001', 'MaBanGhi', ['y-kien-0001']],
      memberCode: ['dang-vien-0001', 'MaDangVien', ['dang-vien-0001']],
      organisationCode: ['01.001.001.000.001', 'MaToChucNhan', ['01.001.001.000.001']],
      subject: ['Đường tổ dân phố', 'ChuDe', ['Đường tổ dân phố']],
      content: ['Đề nghị sửa đèn đường.', 'NoiDung', ['Đề nghị sửa đèn đường.']],
      submittedAt: ['2026-11-04T12:35:00.00Z', 'GuiLuc', [utc('2026-11-04', '12:35:00.00')]],
    },
  },
];

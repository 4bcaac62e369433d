/** Five links, each with forms of its own; the embedded Domino fills the files of the first two by itself. */
export const STAGED = {
  well: { id: 'to-chuc-dang', file: 'dangvien.nsf', title: 'Tổ chức đảng', forms: ['ToChucDang'] },
  asked: {
    id: 'tac-nghiep',
    file: 'tacnghiep.nsf',
    title: 'Điều hành tác nghiệp',
    forms: ['NhiemVu', 'NhiemVuDangVien'],
  },
  braked: { id: 'van-ban', file: 'b-tacnghiep.nsf', title: 'Văn bản chỉ đạo', forms: ['VanBan'] },
  down: { id: 'tin-tuc', file: 'c-tintuc.nsf', title: 'Tin tức', forms: ['TinTuc'] },
  filling: { id: 'dang-vien', file: 'd-dangvien.nsf', title: 'Đảng viên', forms: ['DangVien', 'KyLuat'] },
} as const;

/** JSON is YAML. The mappings and the rules of access are those that come with the bridge. */
export function stagedConfig(folder: string): string {
  const links = Object.values(STAGED);
  const replicaOf = (place: number) => `4725880000AA000${place + 1}`;
  return JSON.stringify({
    mappingsDir: `${folder}/mappings`,
    accessFile: `${folder}/access.yaml`,
    accounts: { fourEyes: true },
    embedded: {
      serverName: 'CN=DOMINO-MAU/O=Mau',
      databases: links.map(({ file, title }, place) => ({
        filePath: file,
        title: { vi: title, en: title },
        replicaId: replicaOf(place),
      })),
    },
    links: links.map(({ id, file, title, forms }, place) => ({
      id,
      title: { vi: title, en: title },
      mode: 'sync',
      database: { via: 'embedded-proton', filePath: file, identity: 'CN=Cau noi So tay/O=Mau' },
      replicaSet: replicaOf(place),
      mappings: forms,
      // What happens in Tổ chức đảng is up to the test.
      schedule: { pullSeconds: id === 'to-chuc-dang' ? 3_600 : 10, pushSeconds: 5, sweepMinutes: 15 },
    })),
  });
}

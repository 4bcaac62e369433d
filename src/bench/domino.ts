import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedDomino } from '../../connectors/domino/embedded/engine/embedded-domino.ts';
import { seededRandom } from '../../connectors/domino/embedded/engine/seeded-random.ts';
import { createDominoDbModule } from '../../connectors/domino/embedded/proton/domino-db-module.ts';
import type { ProtonDatabase } from '../../connectors/domino/embedded/proton/proton-api.ts';
import { rawSqlite } from './raw-sqlite.ts';

/** Documents of one call: the face takes no more. */
const BULK = 200;
const ITEMS = ['Form', 'HoTen', 'SoCCCD', 'NgaySinh', 'ChiBo', 'ChucVu', 'TrangThai', 'GhiChu'];

/**
 * The embedded Domino alone, through the face of `@domino/domino-db` in bulks of 200: notes a second written, changed, read by UNID and by query. Beside each
 * the same rows by plain SQLite statements in the same run, because machines differ.
 */
export async function domino(notes: number): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'bench-domino-'));
  try {
    const server = new EmbeddedDomino({ root, random: seededRandom(1) });
    server.createDatabase('bench.nsf');
    const { useServer } = createDominoDbModule({ domino: server, identity: { name: 'CN=Bench/O=Party' } });
    const proton = await useServer({ hostName: 'bench' });
    const database = await proton.useDatabase({ filePath: 'bench.nsf' });
    const raw = rawSqlite(join(root, 'raw.db'), notes, BULK);
    const unids = await written(database, notes, raw.written);
    await changed(database, unids, raw.changed);
    await readByUnid(database, unids, raw.read);
    await readByQuery(database, notes, raw.read);
    server.close();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function written(database: ProtonDatabase, notes: number, raw: number): Promise<string[]> {
  const unids: string[] = [];
  await timed('written', notes, raw, async () => {
    for (let from = 0; from < notes; from += BULK) {
      const size = Math.min(BULK, notes - from);
      const documents = Array.from({ length: size }, (_, at) => memberDocument(from + at));
      const answer = await database.bulkCreateDocuments({ documents });
      unids.push(...(answer.documents ?? []).map((one) => String(one['@unid'])));
    }
    return unids.length;
  });
  return unids;
}

async function changed(database: ProtonDatabase, unids: readonly string[], raw: number): Promise<void> {
  await timed('changed', unids.length, raw, async () => {
    let done = 0;
    for (let from = 0; from < unids.length; from += BULK) {
      const replaceItemsByUnid = unids
        .slice(from, from + BULK)
        .map((unid) => ({ '@unid': unid, TrangThai: 'Đã chuyển', GhiChu: `lần ${from}` }));
      const answer = await database.bulkReplaceItemsByUnid({ replaceItemsByUnid });
      done += (answer.documents?.length ?? 0) - answer.errors;
    }
    return done;
  });
}

async function readByUnid(database: ProtonDatabase, unids: readonly string[], raw: number): Promise<void> {
  await timed('by UNID', unids.length, raw, async () => {
    let read = 0;
    for (let from = 0; from < unids.length; from += BULK) {
      const answer = await database.bulkReadDocumentsByUnid({
        unids: unids.slice(from, from + BULK),
        itemNames: ITEMS,
      });
      read += (answer.documents ?? []).filter((one) => one['HoTen'] !== undefined).length;
    }
    return read;
  });
}

async function readByQuery(database: ProtonDatabase, notes: number, raw: number): Promise<void> {
  await timed('by query', notes, raw, async () => {
    let read = 0;
    for (let start = 0; start < notes; start += BULK) {
      const page = { query: "Form = 'DangVien'", start, count: BULK, itemNames: ITEMS };
      const answer = await database.bulkReadDocuments(page);
      read += (answer.documents ?? []).filter((one) => one['HoTen'] !== undefined).length;
    }
    return read;
  });
}

/** Throws when not every note was served: the rate would not count. */
async function timed(label: string, notes: number, raw: number, work: () => Promise<number>): Promise<void> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const served = await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  if (served !== notes) throw new Error(`${label}: ${served} of ${notes} notes: the rate does not count`);
  const rate = notes / seconds;
  console.log(
    `${label.padEnd(10)}${notes} notes in ${seconds.toFixed(2)} s = ${rate.toFixed(0)}/s, ${((notes * 1e6) / (user + system)).toFixed(0)} a second of CPU, ratio to plain SQLite ${(rate / raw).toFixed(2)}`,
  );
}

/** An invented member of ordinary size: two dozen items, a kilobyte or two. */
function memberDocument(n: number): Record<string, unknown> {
  const number = String(n).padStart(9, '0');
  return {
    Form: 'DangVien',
    HoTen: `Nguyễn Văn ${n}`,
    HoTenKhac: '',
    SoCCCD: `099${number}`,
    SoThe: `T${number}`,
    GioiTinh: 'Nam',
    NgaySinh: { type: 'datetime', data: '1975-05-21' },
    NgayVaoDang: { type: 'datetime', data: '2001-02-03' },
    CapNhat: { type: 'datetime', data: '2024-05-06T07:08:09.10Z' },
    ChiBo: { type: 'text', data: ['Chi bộ 1', 'Chi bộ cơ sở'] },
    ChucVu: 'Đảng viên',
    DanToc: 'Kinh',
    QueQuan: 'Xã Phúc Tân, huyện Gia Bình',
    NoiO: 'Số 12, ngõ 3, phố Hàng Than',
    TrinhDo: 'Đại học',
    NgheNghiep: 'Kỹ sư',
    TrangThai: 'Đang sinh hoạt',
    GhiChu: 'Không có ghi chú nào đáng kể về đảng viên này.',
    TuoiDang: n % 60,
    PhanLoai: 'Thuong',
    PhatHanh: 'x',
  };
}

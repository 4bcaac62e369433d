import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainMapping } from './explain-mapping.ts';
import { readMappings } from './read-mappings.ts';

const mappings = readMappings(join(import.meta.dirname, 'mappings'));
const explain = (form: string, language: 'vi' | 'en') => {
  const mapping = mappings.find((one) => one.form === form);
  if (!mapping) throw new Error(`no mapping of ${form}`);
  return explainMapping(mapping, language);
};

describe('explainMapping', () => {
  it('says in English what crosses, which way, and who wins', () => {
    const text = explain('NhiemVuDangVien', 'en');
    expect(text).toContain('Form NhiemVuDangVien (Assignment) becomes "assignment", version 1.2.');
    expect(text).toContain('It crosses only if DoMat is exactly Thuong and ChoPhepChuyen is exactly 1.');
    expect(text).toContain('It crosses only while the task that taskCode names is released.');
    expect(text).toContain(
      '- MaNhiemVu → taskCode: reference to task; required; Notes → handbook; written in Notes\n',
    );
    expect(text).toContain(
      '- TienDo → progress: number; from 0 to 100; both ways; written in the handbook; if both changed it, a person decides',
    );
  });

  it('says it in Vietnamese', () => {
    const text = explain('DeXuatThayDoi', 'vi');
    expect(text).toContain('Biểu mẫu DeXuatThayDoi (Đề xuất thay đổi) thành "changeRequest"');
    expect(text).toContain('Tài liệu mới chỉ lập trong sổ tay.');
    expect(text).toContain('Dấu xóa là DaRut = 1.');
    expect(text).toContain(
      '- TenTruong → fieldName: văn bản; bắt buộc; một trong: DienThoai, Email, NoiOHienNay; sổ tay → Notes; nhập trong sổ tay',
    );
  });

  it('has a line for every field, in both languages, and mentions the dangers', () => {
    for (const mapping of mappings) {
      for (const language of ['vi', 'en'] as const) {
        const lines = explainMapping(mapping, language).split('\n');
        for (const field of mapping.fields)
          expect(lines.filter((line) => line.includes(`- ${field.item} → ${field.field}:`))).toHaveLength(1);
        expect(explainMapping({ ...mapping, acceptRace: true }, language).split('\n')).toHaveLength(
          lines.length + 1,
        );
        const denied = explainMapping({ ...mapping, gate: { ...mapping.gate, denied: true } }, language);
        expect(denied).not.toContain(mapping.gate.release.item);
      }
    }
  });
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from './config-problem.ts';
import type { Environment } from './environment.ts';
import { readConfig } from './read-config.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bridge-config-'));
});

const LINK = `
  - id: a
    title: { vi: A, en: A }
    mode: sync
    database: { via: embedded-proton, filePath: a.nsf, identity: CN=Bridge/O=Mau }
    replicaSet: '0000000000000001'
    mappings: [DangVien]
`;

function write(name: string, text: string): string {
  writeFileSync(join(dir, name), text);
  return name;
}
const read = (text: string, env: Environment = {}) =>
  readConfig({ file: write('bridge.yaml', text), env, cwd: dir });
function failure(text: string, env: Environment = {}): ConfigError {
  try {
    read(text, env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}
const problems = (text: string, env: Environment = {}) =>
  failure(text, env).problems.map(
    ({ line, column, path, wrong }) => `${line ?? '-'}:${column ?? '-'} ${path} ${wrong}`,
  );

describe('the settings that come with the bridge', () => {
  it('have two links on the embedded Domino and need nothing from outside', () => {
    const config = readConfig({ env: {}, cwd: dir });
    expect(config.links.map(({ id, mode, mappings }) => [id, mode, mappings])).toEqual([
      [
        'dang-vien',
        'sync',
        [
          'ToChucDang',
          'DangVien',
          'ChucVu',
          'XepLoai',
          'KhenThuong',
          'HuyHieu',
          'ChuyenSinhHoat',
          'KyLuat',
          'KiemTraGiamSat',
          'HoSoDangVien',
        ],
      ],
      [
        'tac-nghiep',
        'sync',
        [
          'VanBan',
          'TinTuc',
          'NhiemVu',
          'NhiemVuDangVien',
          'SinhHoat',
          'DuThaoSinhHoat',
          'DiemDanh',
          'YKien',
          'DeXuatThayDoi',
        ],
      ],
    ]);
    expect([config.databases.inside.url, config.databases.outside.url, config.redis.url]).toEqual([
      null,
      null,
      null,
    ]);
    expect(config.dataDir).toBe(join(dir, 'data'));
  });

  it('spell out the defaults', () => {
    const own = readConfig({ env: {}, cwd: dir });
    const short = read(`links:${LINK}`);
    const { embedded: _, links: __, mappingsDir: ___, ...defaults } = short;
    expect(own).toMatchObject(defaults);
    const { schedule, brake, slices } = short.links[0] ?? {};
    for (const link of own.links) expect(link).toMatchObject({ schedule, brake, slices });
  });
});

describe('the environment', () => {
  it('stands above the file and is as strict', () => {
    const config = read(`server: { port: 1 }\nlogLevel: info\nlinks:${LINK}`, {
      PORT: '8181',
      BRIDGE_LOG_LEVEL: 'debug',
      BRIDGE_DATA_DIR: 'd',
      BRIDGE_HOST: '',
    });
    expect([config.server.port, config.logLevel, config.dataDir, config.server.host]).toEqual([
      8181,
      'debug',
      join(dir, 'd'),
      '127.0.0.1',
    ]);
    const { problems: found } = failure(`links:${LINK}`, { PORT: 'http', BRIDGE_LOG_LEVEL: 'loud' });
    expect(found.map((one) => [one.file, one.line, one.path])).toEqual([
      ['environment variable PORT', null, 'server.port'],
      ['environment variable BRIDGE_LOG_LEVEL', null, 'logLevel'],
    ]);
  });

  it('chooses the file, and the caller above it', () => {
    write('one.yaml', `server: { port: 11 }\nlinks:${LINK}`);
    write('two.yaml', `server: { port: 22 }\nlinks:${LINK}`);
    expect(readConfig({ env: { BRIDGE_CONFIG: 'one.yaml' }, cwd: dir }).server.port).toBe(11);
    expect(readConfig({ file: 'two.yaml', env: { BRIDGE_CONFIG: 'one.yaml' }, cwd: dir }).server.port).toBe(
      22,
    );
  });

  it('takes secrets from files, without the line end', () => {
    write('url', 'postgres://bridge:geheim@db/bridge\n');
    const config = read(`links:${LINK}`, { DATABASE_URL_FILE: 'url' });
    expect(config.databases.inside.url?.reveal()).toBe('postgres://bridge:geheim@db/bridge');
    expect(JSON.stringify(config)).not.toContain('geheim');
  });

  it('refuses a secret given twice, or in a file that is not there, beside the problems of the file', () => {
    const found = failure('links: []', {
      DATABASE_URL: 'postgres://a',
      DATABASE_URL_FILE: 'url',
      REDIS_URL_FILE: 'none',
    }).problems;
    expect(found.map((one) => one.path)).toEqual(['databases.inside.url', 'redis.url', 'links']);
  });
});

describe('problems', () => {
  it('are all told at once, each with its place', () => {
    const text = [
      'server:',
      '  prot: 80',
      '  port: 700000',
      'logLevel: loud',
      'links:',
      '  - id: A b',
      '    mode: sync',
      '    mappings: []',
    ].join('\n');
    expect(problems(text)).toEqual([
      '3:9 server.port is 700000',
      '2:3 server.prot is not a setting',
      '4:11 logLevel is "loud"',
      '6:9 links[0].id is "A b"',
      '6:5 links[0].title is missing',
      '6:5 links[0].database is missing',
      '6:5 links[0].replicaSet is missing',
      '8:5 links[0].mappings is an empty list',
    ]);
  });

  it('say what would be right', () => {
    const message = failure(`server: { prot: 80 }\nlogLevel: loud\nlinks:${LINK}`).message;
    expect(message).toContain('bridge.yaml:1:11 server.prot is not a setting; expected one of host, port');
    expect(message).toContain('expected one of "trace", "debug", "info", "warn", "error", "fatal"');
  });

  it('never show a secret', () => {
    const text = `databases: { inside: { url: 'mysql://u:geheim@db' } }\naccounts: { operator: { password: geheim } }\nlinks:${LINK}`;
    const error = failure(text, { REDIS_URL: 'http://:geheim@cache' });
    expect(error.problems.map((one) => one.path)).toEqual([
      'databases.inside.url',
      'redis.url',
      'accounts.operator.password',
    ]);
    expect(error.message).not.toContain('geheim');
    expect(JSON.stringify(error.problems)).not.toContain('geheim');
  });

  it('tell a broken YAML by its line', () => {
    const [first] = failure('server:\n  port: 1\n  port: 2\n').problems;
    expect(first).toMatchObject({ line: 3, column: 3, right: 'well-formed YAML' });
    expect(failure('a: [1').problems[0]).toMatchObject({ line: 1 });
  });

  it('name a file that is not there', () => {
    expect(() => readConfig({ file: 'none.yaml', env: {}, cwd: dir })).toThrow(/none\.yaml.*cannot be read/u);
  });

  it.each([
    ['../a.nsf', 'filePath'],
    ['/local/a.nsf', 'filePath'],
    ['a.txt', 'filePath'],
  ])('keep database paths below the data folder: %s', (path, name) => {
    expect(problems(`links:${LINK.replace('a.nsf', path)}`)).toHaveLength(1);
    expect(problems(`links:${LINK.replace('a.nsf', path)}`)[0]).toContain(`links[0].database.${name}`);
  });

  it('ask for PEM files where TLS is on, and for files that exist', () => {
    const proton = (more: string) =>
      `links:${LINK.replace(/database: .*/u, `database: { via: proton, hostName: h, filePath: a.nsf, identity: CN=B/O=M${more} }`)}`;
    expect(problems(proton(''))).toEqual(['5:5 links[0].database.credentials is missing']);
    expect(read(proton(', secure: false')).links[0]?.database).toMatchObject({
      port: 3002,
      credentials: null,
    });
    write('ca.pem', 'x');
    write('key.pem', 'x');
    const credentials =
      ', credentials: { rootCertificateFile: ca.pem, clientCertificateFile: none.pem, clientKeyFile: key.pem }';
    expect(problems(proton(credentials))).toEqual([
      `-:- links[0].database.credentials.clientCertificateFile names ${join(dir, 'none.pem')}, which does not exist`,
    ]);
    write('none.pem', 'x');
    expect(read(proton(credentials)).links[0]?.database).toMatchObject({
      credentials: { rootCertificateFile: join(dir, 'ca.pem'), idFilePasswordFile: null },
    });
  });
});

it('is frozen all the way down', () => {
  const config = readConfig({ env: {}, cwd: dir });
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    expect(Object.isFrozen(value)).toBe(true);
    for (const one of Object.values(value)) visit(one);
  };
  visit(config);
});

import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { publishedSpecification } from './openapi/basis-specification.ts';
import { createMember } from './testing/member-documents.ts';
import { temporaryRest } from './testing/temporary-rest.ts';

const DRAFT = 'http://hcl.example/basis';

/** Validators of HCL's response schemas. OpenAPI 3.0 is not quite JSON Schema: Ajv takes `nullable` only beside a type, and formats are left. */
function responseValidator() {
  const specification = publishedSpecification();
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const readable = JSON.parse(JSON.stringify(specification), (_key, value: unknown) => {
    const isBare = typeof value === 'object' && value !== null && 'nullable' in value && !('type' in value);
    return isBare ? { ...value, nullable: undefined } : value;
  }) as object;
  ajv.addSchema({ $id: DRAFT, ...(JSON.parse(JSON.stringify(readable)) as object) });
  return (path: string, method: string, body: unknown): readonly string[] => {
    const at = ['paths', path, method, 'responses', '200', 'content', 'application/json', 'schema'];
    const pointer = at
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const validate = ajv.compile({ $ref: `${DRAFT}#/${pointer}` });
    validate(body);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

describe("HCL's specification", () => {
  test('[RF20] served answers fit its response schemas wherever it has one', async () => {
    await using rest = await temporaryRest({ agents: { bridgeChanges: () => '{}' } });
    const validate = responseValidator();
    const { unid } = (await createMember(rest, { Diem: 1, KyNang: ['a'], DangHoatDong: true }))['@meta'];
    const body = { unids: [unid, 'A'.repeat(32)] };
    const answers: readonly [
      path: string,
      method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
      url: string,
      options?: object,
    ][] = [
      ['/lists', 'GET', '/lists', { query: { columns: 'true' } }],
      ['/lists/{name}', 'GET', '/lists/ByName'],
      ['/query', 'POST', '/query', { body: { query: "HoTen = 'x'" } }],
      ['/bulk/unid', 'POST', '/bulk/unid', { body }],
      ['/bulk/etag', 'POST', '/bulk/etag', { body }],
      ['/bulk/create', 'POST', '/bulk/create', { body: { documents: [{ Form: 'Member' }] } }],
      ['/bulk/update', 'PATCH', '/bulk/update', { body: { query: '@all', replaceItems: {} } }],
      ['/scopes', 'GET', '/scopes'],
      ['/scope', 'GET', '/scope'],
      ['/scope/access', 'GET', '/scope/access'],
      ['/scope/form/{form}', 'GET', '/scope/form/Member'],
      ['/scope/mode/{form}/{mode}', 'GET', '/scope/mode/Member/default'],
      ['/userinfo', 'GET', '/userinfo'],
      ['/info', 'GET', '/info'],
      ['/documentmodes/{unid}', 'GET', `/documentmodes/${unid}`],
      ['/docmeta/{unid}', 'GET', `/docmeta/${unid}`],
      ['/run/agent', 'POST', '/run/agent', { body: { agentName: 'bridgeChanges' } }],
      ['/document/{unid}', 'DELETE', `/document/${unid}`, { query: { mode: 'xoa' } }],
    ];
    for (const [path, method, url, options] of answers) {
      const answer = await rest.ask(method, url, options);
      expect(answer.status, `${method} ${url}: ${answer.text}`).toBe(200);
      expect(validate(path, method.toLowerCase(), answer.body), `${method} ${path}`).toEqual([]);
    }
    const login = {
      method: 'POST',
      url: '/api/v1/auth',
      payload: { username: 'bridge', password: 'not-a-secret' },
    } as const;
    expect(validate('/auth', 'post', (await rest.plain(login)).body)).toEqual([]);
  });

  test('[RF20] documents have the metadata of recorded answers, which the specification contradicts in two points', async () => {
    await using rest = await temporaryRest();
    const { '@meta': meta, ...fields } = await createMember(rest);
    // The specification wants Form within @meta and calls it isEditable; no recorded answer does.
    expect(responseValidator()('/document', 'post', { '@meta': meta, ...fields })).toEqual([
      "/@meta must have required property 'Form'",
    ]);
    expect(Object.keys(meta)).toEqual([
      'noteid',
      'unid',
      'created',
      'lastmodified',
      'lastaccessed',
      'lastmodifiedinfile',
      'addedtofile',
      'noteclass',
      'unread',
      'editable',
      'revision',
      'size',
    ]);
  });

  test('[RF20] the metadata of HCL’s samples come out of the same moments', async () => {
    await using rest = await temporaryRest();
    rest.domino.time = Date.parse('2022-10-13T05:41:30.68Z');
    const { '@meta': meta } = await createMember(rest);
    // 1C62D55D75387684482588DA001F4428 / 00000001001F442C482588DA of the specification; the zone byte is 48 there, 47 (+07) here.
    expect(meta.revision).toBe('00000001001F442C472588DA');
    expect(meta.lastmodified).toMatch(/^2022-10-13T(?:05|12):41:30\.68(?:Z|\+07:00)$/u);
    await using stamped = await temporaryRest({
      quirks: { etagInMeta: 'present', editableName: 'isEditable' },
    });
    stamped.domino.time = Date.parse('2022-03-30T00:44:58Z');
    expect((await createMember(stamped))['@meta']).toMatchObject({ etag: 'W/" 6243a80a"', isEditable: true });
  });

  test('[RF20] the served specification has the operations of this server and no others', async () => {
    await using rest = await temporaryRest({ disabledOperations: ['pivotViewEntries'] });
    const { body } = await rest.plain<{ basis: { mountPath: string; fileName: string; version: string } }>({
      method: 'GET',
      url: '/api',
    });
    expect(body.basis).toMatchObject({ mountPath: '/api/v1', version: '1.3.7' });
    const served = async (other: typeof rest) => {
      const { text } = await other.plain({
        method: 'GET',
        url: `${body.basis.mountPath}${body.basis.fileName}`,
      });
      return [...text.matchAll(/"operationId":"(\w+)"/gu)].map(([, id]) => id);
    };
    const ids = await served(rest);
    expect(ids).toContain('getDocument');
    for (const absent of ['fetchOdata', 'pivotViewEntries', 'queryFormula', 'authRenewJwt'])
      expect(ids).not.toContain(absent);
    await using newer = await temporaryRest({ quirks: { queryFormula: 'present', authExtend: 'present' } });
    expect(await served(newer)).toEqual(
      expect.arrayContaining(['queryFormula', 'authRenewJwt', 'pivotViewEntries']),
    );
  });
});

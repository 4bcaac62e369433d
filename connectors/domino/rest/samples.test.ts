import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { uploadAnswer } from './attachment-writing.ts';
import { namesAnswer } from './contents.ts';
import { decodeEntry } from './decode.ts';
import { agentAnswer } from './deletion-agent.ts';
import { documentSchema, metaOf } from './documents.ts';
import { HttpRefusal, classify, refusalOfEntry } from './errors.ts';
import { scopeSchema } from './schema.ts';
import { accessSchema, apiListSchema, scopesSchema } from './server-facts.ts';
import { authResult } from './sign-in.ts';
import { viewEntry } from './view-reading.ts';

interface Operation {
  readonly requestBody?: unknown;
  readonly responses: Readonly<
    Record<string, { content?: Record<string, { examples?: Record<string, { value: unknown }> }> }>
  >;
}

/** HCL's published specification; its examples are the only answers that are public. */
const SPEC = JSON.parse(
  readFileSync(join(import.meta.dirname, '../embedded/rest/openapi/drapi-basis.json'), 'utf8'),
) as { paths: Record<string, Record<string, Operation>> };

function examples(path: string, method: string, status = '200'): readonly unknown[] {
  const content = SPEC.paths[path]?.[method]?.responses[status]?.content ?? {};
  const found = Object.values(content).flatMap(({ examples = {} }) =>
    Object.values(examples).map(({ value }) => value),
  );
  if (found.length === 0) throw new Error(`no example of ${method} ${path} ${status}`);
  return found;
}

const TEST_FORM = {
  nsfPath: 'demo.nsf',
  forms: [
    {
      formName: 'TestForm',
      formModes: [{ modeName: 'default', fields: [{ name: 'Color' }, { name: 'Pet' }, { name: 'email' }] }],
    },
  ],
};

describe('the public samples of answers', () => {
  it.each<[string, string, { safeParse(value: unknown): { success: boolean } }]>([
    ['/scope', 'get', scopeSchema],
    ['/scopes', 'get', scopesSchema],
    ['/scope/access', 'get', accessSchema],
    ['/attachmentnames/{unid}', 'get', namesAnswer],
    ['/attachments/{unid}', 'post', uploadAnswer],
    ['/document/{unid}', 'delete', documentSchema],
    ['/run/agent', 'post', agentAnswer],
  ])('of %s %s are understood', (path, method, schema) => {
    for (const example of examples(path, method))
      expect(schema.safeParse(example)).toMatchObject({ success: true });
  });

  it.each([
    ['/document/{unid}', 'get'],
    ['/document', 'post'],
    ['/document/{unid}', 'patch'],
    ['/document/{unid}', 'put'],
    ['/bulk/create', 'post'],
  ])('of %s %s are documents with stamps and a token', (path, method) => {
    for (const example of examples(path, method).flat()) {
      const meta = metaOf(documentSchema.parse(example));
      expect(meta?.unid).toMatch(/^[0-9A-F]{32}$/u);
      expect(['oid', 'etag']).toContain(meta?.token.kind);
    }
  });

  it('of a view name their documents', () => {
    const [entries] = examples('/lists/{name}', 'get') as [readonly unknown[]];
    for (const entry of entries)
      expect(viewEntry.parse(entry)).toMatchObject({ '@unid': 'B66880940B8DDC12802585180049E945' });
  });

  it('of a bulk read in the flat shape of 2022 are notes with an entity tag', () => {
    const [list] = examples('/bulk/unid', 'post') as [readonly unknown[]];
    const frame = {
      schema: scopeSchema.parse(TEST_FORM),
      modeName: 'default',
      itemNames: ['Form', 'color', 'Pet'],
      forms: ['TestForm'],
      needed: () => [],
    };
    const readings = list.map((entry) => decodeEntry(entry, frame));
    expect(readings[0]).toEqual({
      kind: 'note',
      unid: 'D2E9CF578D0B3844482588140043410F',
      created: '2022-03-29T12:14:35.00Z',
      modified: '2022-03-30T00:44:58.00Z',
      token: { kind: 'etag', value: 'W/" 6243a80a"' },
      items: {
        Form: { type: 'text', values: ['TestForm'] },
        color: { type: 'text', values: ['Purple'] },
        Pet: { type: 'text', values: ['Bandicoot, long-nosed'] },
      },
    });
    expect(readings.every(({ kind }) => kind === 'note')).toBe(true);
  });

  it('of @meta give the arrival in this file, not the save elsewhere, and the revision as it is', () => {
    const meta = {
      noteid: 2310,
      unid: '05b08e4a7874c01e4825881400434111',
      created: '2022-10-13T13:41:30.6+08:00',
      lastmodified: '2022-10-13T05:41:30.68Z',
      lastaccessed: '2022-10-13T05:41:30Z',
      lastmodifiedinfile: '2022-10-14T00:00:00.1Z',
      addedtofile: '2022-10-13T05:41:30Z',
      noteclass: ['DATA', 'DOCUMENT'],
      unread: true,
      editable: true,
      revision: '00000001001F442C482588DA',
      size: 134,
    };
    expect(metaOf({ '@meta': meta, Form: 'TestForm' })).toEqual({
      unid: '05B08E4A7874C01E4825881400434111',
      created: '2022-10-13T05:41:30.60Z',
      modified: '2022-10-14T00:00:00.10Z',
      token: { kind: 'oid', value: '00000001001F442C482588DA' },
    });
  });

  it('of a login and of the list of APIs are understood', () => {
    const login = {
      bearer: 'eyJ.x.y',
      claims: { iss: 'Domino REST API', sub: 'CN=A/O=B', scope: 'MAIL $DATA', exp: 1665660000 },
      leeway: 5,
      expSeconds: 21600,
      issueDate: '2022-10-13T05:41:30Z',
    };
    expect(authResult.parse(login)).toMatchObject({ bearer: 'eyJ.x.y', expSeconds: 21600 });
    const apis = {
      basis: {
        fileName: '/schema/openapi.basis.json',
        mountPath: '/api/v1',
        name: 'basis',
        title: 'HCL Domino REST API',
        version: '1.3.7',
      },
    };
    expect(apiListSchema.safeParse(apis).success).toBe(true);
  });

  it('of errors keep their status and id; what names a note is missing, what names an address is not', () => {
    const gone = {
      status: 404,
      message: 'No document you can access found for D2E9CF578D0B3844482588140043410F',
      errorId: 1029,
      details: 'D2E9CF578D0B3844482588140043410F',
    };
    expect(refusalOfEntry(gone)).toMatchObject({ status: 404, errorId: 1029, details: gone.details });
    const kind = (status: number, body: unknown, deed: 'read' | 'write' | 'query' = 'read') =>
      classify(new HttpRefusal(status, body), deed).kind;
    expect(kind(404, gone)).toBe('note-missing');
    expect(kind(404, { status: 404, message: 'This is not the URL you seek!', errorId: 0 })).toBe(
      'not-found',
    );
    expect(
      kind(404, {
        status: 404,
        message: 'A scope definition with that name cannot be found: x',
        errorId: 1112,
      }),
    ).toBe('not-found');
    expect(kind(401, { status: 401, message: 'Invalid credentials or account locked', errorId: 1008 })).toBe(
      'not-authorized',
    );
    expect(kind(413, null, 'write')).toBe('rejected');
    expect(
      kind(
        500,
        { status: 500, message: 'Domino Query execution error: maximum documents scanned exceeded' },
        'query',
      ),
    ).toBe('scan-limit');
    // A document whose own field is called status is no error.
    expect(refusalOfEntry({ '@meta': {}, status: 404 })).toBeNull();
    expect(refusalOfEntry({ statusText: 'OK', status: 200, message: 'x', unid: gone.details })).toBeNull();
  });
});

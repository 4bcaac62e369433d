import type { InjectOptions } from 'fastify';
import type { NotesIdentity } from '../../engine/identity.ts';
import { NotesUser } from '../../engine/notes-user.ts';
import { seededRandom } from '../../engine/seeded-random.ts';
import { type TemporaryDomino, temporaryDomino } from '../../engine/testing/temporary-domino.ts';
import { createRestFace, type RestFace, type RestFaceOptions } from '../create-rest-face.ts';
import type { KeepSchemaInput } from '../schema/rest-schema.ts';

export const BRIDGE: NotesIdentity = { name: 'CN=Bridge/O=Party', roles: ['[Bridge]'] };
export const PASSWORD = 'not-a-secret';

const FIELDS = [
  { name: 'HoTen', type: 'string' },
  { name: 'NgaySinh', type: 'string', format: 'date' },
  { name: 'CapNhat', type: 'string', format: 'date-time' },
  { name: 'Diem', type: 'number', format: 'double' },
  { name: 'Tien', type: 'number', format: 'float' },
  { name: 'SoNam', type: 'integer', format: 'int32' },
  { name: 'DangHoatDong', type: 'boolean' },
  { name: 'KyNang', type: 'array', items: { type: 'string' } },
  { name: 'ChiCoMot', type: 'string' },
  { name: 'NguoiDoc', type: 'array', items: { type: 'string', format: 'readers' } },
  { name: 'GhiChu', type: 'object', format: 'richtext' },
  { name: 'ChiDoc', type: 'string', fieldAccess: 'RO' },
  { name: 'ChiGhi', type: 'string', fieldAccess: 'WO' },
  { name: '$FILES', type: 'array', items: { type: 'string' } },
] satisfies NonNullable<KeepSchemaInput['forms']>[number]['formModes'][number]['fields'];

/** Members with every kind of field; `default` deletes nothing, `xoa` does; `cong` shows one field of released notes only. */
export const SCHEMA: KeepSchemaInput = {
  schemaName: 'members',
  requireRevisionToUpdate: true,
  forms: [
    {
      formName: 'Member',
      alias: ['DangVien'],
      formModes: [
        { modeName: 'default', fields: FIELDS },
        { modeName: 'dql', fields: FIELDS },
        { modeName: 'xoa', fields: FIELDS, deleteAccessFormula: { formula: '@True' } },
        {
          modeName: 'cong',
          fields: [{ name: 'HoTen' }],
          readAccessFormula: { formula: 'PhatHanh = "co"' },
          writeAccessFormula: { formula: '@IsMember("[Admin]"; @UserRoles)' },
        },
      ],
    },
    { formName: 'Task', formModes: [{ modeName: 'default', fields: [{ name: 'TieuDe' }] }] },
  ],
  views: [
    {
      name: 'Theo tên',
      alias: ['ByName'],
      selectionFormula: 'SELECT Form = "Member"',
      columns: [
        { name: 'HoTen', sorted: 'asc' },
        { name: 'LastModified', formula: '@Modified' },
        { name: 'Diem' },
      ],
    },
    {
      name: 'Theo chi bộ',
      selectionFormula: 'SELECT Form = "Member"',
      columns: [{ name: 'ChiCoMot', categorized: true }, { name: 'HoTen' }],
    },
  ],
  agents: [{ name: 'bridgeChanges' }, { name: 'khongJson' }],
};

export interface Answer<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: T;
}

export interface TemporaryRest extends AsyncDisposable {
  readonly domino: TemporaryDomino;
  readonly face: RestFace;
  /** A person at a Notes client, in the same database. */
  readonly lan: NotesUser;
  /** Logs in, where it has no token yet, and asks below `/api/v1` of scope `members`. */
  ask<T = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options?: { readonly query?: Readonly<Record<string, string | string[]>>; readonly body?: unknown },
  ): Promise<Answer<T>>;
  /** Without token and scope. */
  plain<T = Record<string, unknown>>(options: InjectOptions): Promise<Answer<T>>;
  login(scope?: string): Promise<string>;
}

/** A face on a temporary server, in this process: no sockets, no waiting. */
export async function temporaryRest(
  options: Partial<Omit<RestFaceOptions, 'domino' | 'scopes' | 'accounts'>> & {
    readonly schema?: Partial<KeepSchemaInput>;
    readonly scope?: { readonly maximumAccessLevel?: 'Reader' | 'Author' | 'Manager' };
    readonly identity?: NotesIdentity;
  } = {},
): Promise<TemporaryRest> {
  const { schema, scope, identity = BRIDGE, ...others } = options;
  const domino = temporaryDomino();
  const face = await createRestFace({
    domino: domino.domino,
    scopes: [{ apiName: 'members', nsfPath: 'members.nsf', schema: { ...SCHEMA, ...schema }, ...scope }],
    accounts: [{ userNames: ['bridge'], password: PASSWORD, identity }],
    random: seededRandom(5),
    ...others,
  });
  let token: string | null = null;
  const plain = async <T>(request: InjectOptions): Promise<Answer<T>> => {
    const answer = await face.app.inject(request);
    const isJson = String(answer.headers['content-type']).startsWith('application/json');
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body,
      body: (isJson ? JSON.parse(answer.body) : null) as T,
    };
  };
  const login = async (wanted?: string): Promise<string> => {
    const payload = {
      username: 'bridge',
      password: PASSWORD,
      ...(wanted === undefined ? {} : { scope: wanted }),
    };
    const answer = await plain<{ bearer: string }>({ method: 'POST', url: '/api/v1/auth', payload });
    return answer.body.bearer;
  };
  return {
    domino,
    face,
    lan: new NotesUser(domino.database, { name: 'CN=Lan/O=Party' }),
    plain,
    login,
    async ask<T>(
      method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      path: string,
      { query = {}, body }: { query?: Readonly<Record<string, string | string[]>>; body?: unknown } = {},
    ) {
      token ??= await login();
      return plain<T>({
        method,
        url: `/api/v1${path}`,
        query: { dataSource: 'members', ...query },
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { payload: body as object }),
      });
    },
    async [Symbol.asyncDispose]() {
      await face.app.close();
      domino[Symbol.dispose]();
    },
  };
}

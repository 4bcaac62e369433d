import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { readMappings } from '../../../config/read-mappings.ts';
import type { EmbeddedDatabase } from '../../../connectors/domino/embedded/engine/embedded-database.ts';
import { EmbeddedDomino } from '../../../connectors/domino/embedded/engine/embedded-domino.ts';
import { NotesUser } from '../../../connectors/domino/embedded/engine/notes-user.ts';
import { createRestFace } from '../../../connectors/domino/embedded/rest/create-rest-face.ts';
import { schemaFor } from '../../../connectors/domino/rest/schema-for.ts';
import { expectedForms } from '../../compose/expected-forms.ts';

export const REPLICA_SET = '4725880000AA0009';
export const IDENTITY = 'CN=Cau noi So tay/O=Mau';
export const FORMS = ['NhiemVu', 'NhiemVuDangVien', 'DeXuatThayDoi'];

/** A Domino that outlives the bridge: HCL's REST API on a socket, and people who work in the file. */
export interface DominoHost {
  readonly port: number;
  readonly password: string;
  readonly file: EmbeddedDatabase;
  readonly person: NotesUser;
  close(): Promise<void>;
}

export async function openDominoHost(directory: string): Promise<DominoHost> {
  const domino = new EmbeddedDomino({ root: join(directory, 'domino'), name: 'CN=DOMINO-MAU/O=Mau' });
  const file = domino.createDatabase('tacnghiep.nsf', {
    title: 'Điều hành tác nghiệp',
    replicaId: REPLICA_SET,
  });
  const mappings = readMappings(join(import.meta.dirname, '../../../config/mappings'));
  const own = FORMS.flatMap((form) => mappings.filter((mapping) => mapping.form === form));
  const password = 'not-a-secret';
  const face = await createRestFace({
    domino,
    scopes: [
      {
        apiName: 'tacnghiep',
        nsfPath: 'tacnghiep.nsf',
        schema: schemaFor(expectedForms(own, true), { name: 'tacnghiep' }),
      },
    ],
    accounts: [{ password, identity: { name: IDENTITY } }],
  });
  await face.app.listen({ host: '127.0.0.1', port: 0 });
  return {
    port: (face.app.server.address() as AddressInfo).port,
    password,
    file,
    person: new NotesUser(file, { name: 'CN=Nguyen Van Thu/O=Mau', access: 'manager' }),
    async close() {
      await face.app.close();
      domino.close();
    },
  };
}

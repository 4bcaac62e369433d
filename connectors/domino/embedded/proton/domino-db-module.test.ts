import { describe, expect, test } from 'vitest';
import { temporaryDomino } from '../engine/testing/temporary-domino.ts';
import { createDominoDbModule } from './domino-db-module.ts';
import { BRIDGE, temporaryProton } from './testing/temporary-proton.ts';
import { rejection } from './testing/rejection.ts';

const pem = Buffer.from('pem');
const credentials = { rootCertificate: pem, clientCertificate: pem, clientKey: pem };

describe('useServer', () => {
  test.each([
    ['nothing', undefined],
    ['no host name', {}],
    ['a host name that is no text', { hostName: 1 }],
    ['a port that is none', { hostName: 'h', connection: { port: 'proton' } }],
    ['the wrapper of a wrong type declaration', { serverConfig: { hostName: 'h' } }],
    ['TLS without credentials', { hostName: 'h', connection: { port: '3002', secure: true } }],
    [
      'TLS without a key',
      {
        hostName: 'h',
        connection: { port: '3002', secure: true },
        credentials: { ...credentials, clientKey: undefined },
      },
    ],
    [
      'credentials as text',
      {
        hostName: 'h',
        connection: { port: '3002', secure: true },
        credentials: { ...credentials, clientKey: 'pem' },
      },
    ],
  ])('rejects %s', async (_, config) => {
    using domino = temporaryDomino();
    const { useServer } = createDominoDbModule({ domino: domino.domino, identity: BRIDGE });
    await expect(useServer(config)).rejects.toMatchObject(rejection('ERR_BAD_REQUEST', /useServer/u));
  });

  test('answers a frozen server, without asking Domino anything', async () => {
    using domino = temporaryDomino();
    const module = createDominoDbModule({ domino: domino.domino, identity: BRIDGE });
    expect(Object.keys(module)).toEqual(['useServer']);
    const config = { hostName: 'h', connection: { port: '3002', secure: true }, credentials };
    const server = await module.useServer(config);
    expect(Object.isFrozen(server)).toBe(true);
    expect(await server.getHostName()).toBe('h');
    expect(await server.getConnection()).toEqual({ port: '3002', secure: true });
    const gone = await server.useDatabase({ filePath: 'gone.nsf' });
    await expect(gone.bulkReadDocuments({ query: '@all' })).rejects.toMatchObject(
      rejection('ERR_NOT_FOUND', /gone\.nsf/u),
    );
  });

  test('who asks follows from the configuration; a refused one fails at the first call', async () => {
    using domino = temporaryDomino();
    const { useServer } = createDominoDbModule({
      domino: domino.domino,
      identity: ({ connection }) => (connection?.secure === true ? BRIDGE : null),
    });
    const server = await useServer({ hostName: 'h' });
    const database = await server.useDatabase({ filePath: 'members.nsf' });
    await expect(database.createDocument({ document: {} })).rejects.toMatchObject(
      rejection('ERR_NOT_AUTHORIZED'),
    );
    await expect(database.createDocument({ document: {}, accessToken: 'stolen' })).rejects.toMatchObject(
      rejection('ERR_NOT_AUTHORIZED'),
    );
  });
});

describe('Server', () => {
  test('creates, lists and deletes databases for a manager', async () => {
    using p = await temporaryProton({ identity: { ...BRIDGE, access: 'manager' } });
    await p.server.createDatabase({ filePath: 'mail/lan.nsf', title: 'Lan' });
    const { entries } = await p.server.getFileSystemList({ dirPath: '' });
    expect(entries).toMatchObject([
      { path: 'mail', type: 'DIRECTORY' },
      { path: 'members.nsf', type: 'DATABASE', title: 'Đảng viên' },
    ]);
    await p.server.deleteDatabase({ filePath: 'mail/lan.nsf' });
    expect((await p.server.getFileSystemList({ dirPath: 'mail' })).entries).toEqual([]);
  });

  test('nobody else creates databases, and no path leaves the data folder', async () => {
    using p = await temporaryProton();
    await expect(p.server.createDatabase({ filePath: 'x.nsf', title: 'x' })).rejects.toMatchObject(
      rejection('ERR_NOT_AUTHORIZED'),
    );
    const outside = await p.server.useDatabase({ filePath: '../x.nsf' });
    await expect(outside.bulkReadDocuments({ query: '@all' })).rejects.toMatchObject(
      rejection('ERR_BAD_REQUEST', /data folder/u),
    );
  });
});

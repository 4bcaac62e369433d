import { describe, expect, it } from 'vitest';
import { openProtonDatabase } from './proton-database.ts';
import { openProtonServer } from './proton-server.ts';

const configOf = async (options: { readonly secure: boolean }): Promise<unknown> => {
  let given: unknown;
  const pem = Buffer.from('-----BEGIN CERTIFICATE-----');
  await openProtonServer({
    hostName: 'domino.party.example',
    port: 3002,
    ...(options.secure
      ? { credentials: { rootCertificate: pem, clientCertificate: pem, clientKey: pem } }
      : {}),
    ...options,
    loadModule: async () => ({
      default: {
        useServer: async (config: unknown) => {
          given = config;
          return {};
        },
      },
    }),
  });
  return given;
};

describe('openProtonServer', () => {
  it('gives the module its port as text and PEM as buffers', async () => {
    const pem = Buffer.from('-----BEGIN CERTIFICATE-----');
    await expect(configOf({ secure: false })).resolves.toEqual({
      hostName: 'domino.party.example',
      connection: { port: '3002', secure: false },
    });
    await expect(configOf({ secure: true })).resolves.toEqual({
      hostName: 'domino.party.example',
      connection: { port: '3002', secure: true },
      credentials: { rootCertificate: pem, clientCertificate: pem, clientKey: pem },
    });
  });

  it('refuses TLS without credentials, and a configuration that the module refuses', async () => {
    const server = {
      hostName: 'domino',
      port: 3002,
      loadModule: async () => ({ useServer: async () => ({}) }),
    };
    await expect(openProtonServer({ ...server, secure: true })).rejects.toMatchObject({
      code: 'bad-request',
    });
    const strict = async () => ({
      useServer: async () => {
        throw Object.assign(new Error('hostName must be a string'), { code: 'ERR_BAD_REQUEST' });
      },
    });
    await expect(openProtonServer({ ...server, secure: false, loadModule: strict })).rejects.toThrow(
      /Configuration of domino:3002.*hostName must be a string/,
    );
  });

  it('lets databases of one server share its circuit', async () => {
    let asked = 0;
    const down = async () => {
      asked += 1;
      throw Object.assign(new Error('gRPC client error: ECONNREFUSED'), { code: 'ERR_NOT_CONNECTED' });
    };
    const face = { bulkReadDocuments: down, bulkReadDocumentsByUnid: down, createDocument: down };
    const server = await openProtonServer({
      hostName: 'domino',
      port: '3002',
      secure: false,
      limits: { breakAfter: 2, readRetries: 0 },
      loadModule: async () => ({ useServer: async () => ({ useDatabase: async () => face }) }),
    });
    const first = await openProtonDatabase({ server, filePath: 'a.nsf' });
    const second = await openProtonDatabase({ server, filePath: 'b.nsf' });
    for (let call = 0; call < 2; call += 1)
      await expect(first.identify()).rejects.toMatchObject({ code: 'unreachable' });
    await expect(second.identify()).rejects.toThrow(/stopped answering/);
    expect(asked).toBe(2);
  });
});

// A service in the manner of HCL's sample that acts as its user: letters that only their recipient reads, named by an access token.
import dominodb from '@domino/domino-db';
// oxlint-disable-next-line no-unused-vars
import Database from '@domino/domino-db/src/database.js';

const { useServer } = dominodb;
/** @type {Database} */
let database;

const open = async () => {
  const server = await useServer({ hostName: 'domino.example.org', connection: { port: 3003 } });
  database ??= await server.useDatabase({ filePath: 'letters.nsf' });
  return database;
};

const letters = async (accessToken) => {
  try {
    const { documents = [] } = await (await open()).bulkReadDocuments({
      query: '@all',
      queryArgs: ['sub'],
      itemNames: ['to', 'from', 'message'],
      accessToken,
    });
    const read = documents.filter((one) => !!one.message);
    const unids = read.map((one) => one['@unid']);
    (await open()).bulkDeleteDocumentsByUnid({ unids, accessToken });
    return { seen: documents.length, read: read.map(({ from, message }) => ({ from, message })) };
  } catch (error) {
    if (/No documents have been modified since.*/.test(error.message)) return { seen: 0, read: [] };
    throw error;
  }
};

const send = async (accessToken, to, from, message) =>
  (await open()).createDocument({
    document: {
      to,
      from: { type: 'text', data: from },
      message: { type: 'text', data: message },
      Readers: { type: 'text', names: true, readers: true, data: [to] },
      Authors: { type: 'text', names: true, authors: true, data: [to] },
    },
    accessToken,
  });

const LAN = 'CN=Lan Anh/O=Party';
const results = [await letters('token-lan')];
await send('token-minh', LAN, 'CN=Minh/O=Party', 'Chào Lan');
results.push(await letters('token-minh'), await letters('token-lan'));
await new Promise((resolve) => setTimeout(resolve, 20));
results.push(await letters('token-lan'));
const refusal = await letters('stolen').catch(({ name, code }) => ({ name, code }));
console.log(JSON.stringify([...results, refusal]));

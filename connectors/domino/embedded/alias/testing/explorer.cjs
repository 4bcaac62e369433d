'use strict';
// An explorer of queries: explains with the options of the call that follows, and takes the server from an inner path.
const useServer = require('@domino/domino-db/src/server');

async function main() {
  const server = await useServer({ hostName: 'domino.example.org', connection: { port: undefined } });
  const database = await server.useDatabase({ filePath: 'book.nsf' });
  if (process.argv[2] === 'fill') {
    await database.bulkCreateDocuments({
      documents: ['An', 'Bo'].map((LastName) => ({ Form: 'Person', LastName })),
    });
    return;
  }
  const options = {
    query: "in ('($people)') and LastName contains ('*n*')",
    itemNames: ['LastName'],
    start: 0,
    count: 50,
  };
  const explained = await database.explainQuery(options);
  const { documents, documentRange } = await database.bulkReadDocuments(options);
  console.log(
    JSON.stringify({
      ways: explained.match(/View NoteID Extract|Full Text Search/gu),
      names: documents.map((one) => one.LastName),
      documentRange,
    }),
  );
}

void main();

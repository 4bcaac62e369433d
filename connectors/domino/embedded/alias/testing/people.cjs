'use strict';
// A command line in the manner of HCL's sample that fills an address book: creates people in batches, removes them by query page after page.
const { useServer } = require('@domino/domino-db');

const FAMILIES = ['Trần', 'Lê', 'Phạm', "O'Brien"];

async function remove(database, family) {
  const named = family === undefined ? '' : ` and LastName = '${family.replace(/'/g, "''")}'`;
  for (;;) {
    const results = await database.bulkDeleteDocuments({ query: `Form = 'Person'${named}`, count: 200 });
    const { count, total } = results.documentRange;
    if (results.errors) throw new Error(results.documents.find((one) => one['@error'])['@error'].message);
    console.log(`removed ${count} of ${total}`);
    if (count === total) return;
  }
}

async function create(database, wanted) {
  for (let made = 0; made < wanted; ) {
    const documents = [];
    for (let at = made; at < Math.min(made + 25, wanted); at += 1) {
      const family = FAMILIES[at % FAMILIES.length];
      documents.push({
        Form: 'Person',
        Type: 'Person',
        FirstName: `An ${at}`,
        LastName: family,
        FullName: `CN=An ${at} ${family}/O=Party`,
      });
    }
    const results = await database.bulkCreateDocuments({ documents });
    if (results.errors) throw new Error(`stopped after ${results.errors} errors`);
    made += results.documents.length;
  }
  console.log(`created ${wanted}`);
}

async function main([filePath, action, value]) {
  const server = await useServer({ hostName: 'domino.example.org', connection: { port: '3002' } });
  const database = await server.useDatabase({ filePath });
  if (action === 'create') await create(database, Number(value));
  else await remove(database, value);
}

main(process.argv.slice(2)).catch((error) => {
  console.log(error.message);
  process.exit(1);
});

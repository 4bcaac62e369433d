'use strict';
// Calls in the shapes of a flow editor's nodes: form fields are texts, answers are changed in place, documents are used one by one.
const { useServer } = require('@domino/domino-db');

async function everything(database, query) {
  const options = {
    query,
    start: 0,
    count: 200,
    itemNames: ['Code', 'SIZE'],
    onErrorOptions: 'ON_ERROR_CONTINUE',
  };
  options.queryLimits = { maxDocumentsScanned: '100000', maxMilliSeconds: '60000' };
  const answer = await database.bulkReadDocuments(options);
  for (let start = answer.documentRange.count; start < answer.documentRange.total; ) {
    options.start = start;
    const more = await database.bulkReadDocuments(options);
    answer.documents = answer.documents.concat(more.documents);
    start += more.documentRange.count;
  }
  const { documents } = answer;
  delete answer.documents;
  return { documents, answer };
}

async function main() {
  const server = await useServer({
    hostName: 'domino.example.org',
    connection: { port: '3002', secure: undefined },
  });
  const database = await server.useDatabase({ filePath: 'flow.nsf' });
  const created = await database.bulkCreateDocuments({
    documents: Array.from({ length: 200 }, (_, at) => ({ Form: 'Order', Code: `C${at}`, Size: at })),
    onErrorOptions: undefined,
    computeOptions: { computeWithForm: true, ignoreComputeErrors: true },
  });
  await database.bulkCreateDocuments({ documents: [{ Form: 'Order', Code: 'last', Size: 200 }] });
  const { documents, answer } = await everything(database, "Form = 'Order'");
  const byPage = await database.bulkReadDocuments({ query: 'Size >= 199', start: '1', count: '1' });
  const replaced = await database.bulkReplaceItemsByUnid({
    replaceItemsByUnid: [
      { '@unid': created.documents[0]['@unid'], Code: 'changed' },
      { '@unid': '0'.repeat(32), Code: 'x' },
    ],
    replaceItems: { When: { type: 'datetime', data: '2024-05-06T07:08:09Z' } },
    onErrorOptions: 'ON_ERROR_CONTINUE',
  });
  const unid = await database.createDocument({ document: { Form: 'Order', Code: 'one' } });
  const document = await database.useDocument({ unid });
  await document.replaceItems({ replaceItems: { Code: 'two' } });
  const read = await document.read({ itemNames: ['code'] });
  await document.delete();
  const gone = await document.read({}).catch(({ code }) => code);
  const explained = await database.explainQuery({ query: "Form = 'Order'" });
  console.log(
    JSON.stringify({
      size: documents.length,
      keys: Object.keys(documents[0]).sort(),
      answer,
      byPage: byPage.documentRange,
      errors: replaced.errors,
      failed: replaced.documents.map((one) => '@error' in one),
      code: read.code,
      gone,
      explained: explained.split('\n')[0],
      frozen: Object.isFrozen(server),
    }),
  );
}

void main();

'use strict';
const { useServer, onError, ...others } = require('@domino/domino-db');

console.log(JSON.stringify({ useServer: typeof useServer, onError, others: Object.keys(others) }));

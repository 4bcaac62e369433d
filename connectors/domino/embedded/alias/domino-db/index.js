'use strict';
// Plain CommonJS: programs of any age load this, and an older Node must be able to read it.
require('./newer-node.js').continueThere();

const { aliasExports } = require('../open-alias.ts');

// One assignment a name, so that `import { useServer } from` finds it as well.
exports.useServer = aliasExports.useServer;
if (aliasExports.onError !== undefined) {
  exports.onError = aliasExports.onError;
  exports.errorCodes = aliasExports.errorCodes;
}

'use strict';
// For `NODE_OPTIONS=--require …/register.cjs`: whoever asks for @domino/domino-db, by require or import, gets this folder.
require('./newer-node.js').continueThere();

const { registerHooks } = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const NAME = '@domino/domino-db';

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier !== NAME && !specifier.startsWith(`${NAME}/`)) return nextResolve(specifier, context);
    const file = path.join(__dirname, specifier.slice(NAME.length + 1) || 'index.js');
    // `require` takes paths, `import` takes URLs.
    return nextResolve(context.conditions.includes('import') ? pathToFileURL(file).href : file, context);
  },
});

'use strict';
// Programs in the wild call what this path gives them as they would call `useServer`.
module.exports = require('../index.js').useServer;

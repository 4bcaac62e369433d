'use strict';
// Seen imported in programs for its type alone; there is no class to be had behind it.
exports.name = 'Server';

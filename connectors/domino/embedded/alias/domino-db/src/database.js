'use strict';
// HCL's sample imports this path for its type alone; there is no class to be had behind it.
exports.name = 'Database';

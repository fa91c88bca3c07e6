// jest runs what production runs: Node's own type stripping, nothing else.
const { createHash } = require('node:crypto');
const { stripTypeScriptTypes } = require('node:module');

module.exports = {
  canInstrument: false,
  getCacheKey: (source, file) =>
    createHash('sha256').update(process.version).update(file).update('\0').update(source).digest('hex'),
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
};

/**
 * Fresh seeds for property tests, unless `PROPERTY_SEED` names one (a 32-bit integer): the gate takes it from the commit, so that one commit has one
 * result wherever it runs, and the next one other seeds.
 */
const given = process.env['PROPERTY_SEED'];
if (given !== undefined && given !== '') {
  const seed = Number(given);
  if (!Number.isInteger(seed) || Math.abs(seed) > 0x7fffffff)
    throw new Error(`PROPERTY_SEED is "${given}"; give a whole number of 32 bits, or leave it out`);
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
}

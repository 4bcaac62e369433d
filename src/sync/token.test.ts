import { describe, expect, it } from 'vitest';
import { sameToken } from './token.ts';

describe('sameToken', () => {
  it('[SL7] compares within one kind only, and nothing equals no token', () => {
    expect(sameToken({ kind: 'oid', value: '1' }, { kind: 'oid', value: '1' })).toBe(true);
    expect(sameToken({ kind: 'oid', value: '1' }, { kind: 'oid', value: '2' })).toBe(false);
    expect(sameToken({ kind: 'oid', value: '1' }, { kind: 'etag', value: '1' })).toBe(false);
    expect(sameToken(null, { kind: 'oid', value: '1' })).toBe(false);
    expect(sameToken({ kind: 'oid', value: '1' }, null)).toBe(false);
    expect(sameToken(null, null)).toBe(false);
  });
});

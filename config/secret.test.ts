import { format, inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from './secret.ts';

it('shows itself to nobody but who asks', () => {
  const secret = new Secret('mat-khau');
  const shown = [
    String(secret),
    `to ${String(secret)}`,
    JSON.stringify({ secret }),
    inspect({ deep: [secret] }),
    inspect(secret, { showHidden: true }),
    format('%o %s %j', secret, secret, secret),
  ];
  for (const text of shown) {
    expect(text).toContain('[secret]');
    expect(text).not.toContain('mat-khau');
  }
  expect(Object.keys(secret)).toEqual([]);
  expect(secret.reveal()).toBe('mat-khau');
});

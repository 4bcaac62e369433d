import { describe, expect, it } from 'vitest';
import { HandbookError } from '../port.ts';
import { PostgresHandbook } from '../postgres-handbook.ts';
import { asHandbookError, retryOnClash } from './database-error.ts';
import type { HandbookSql } from './handbook-sql.ts';

function databaseError(code: string): Error {
  return Object.assign(new Error('Key (name)=(secret) exists'), { code, detail: 'secret' });
}

describe('asHandbookError', () => {
  it.each([
    ['57P01', 'unreachable'],
    ['08006', 'unreachable'],
    ['53300', 'unreachable'],
    ['40P01', 'unreachable'],
    ['25P03', 'unreachable'],
    ['42P01', 'bad-request'],
    ['23514', 'bad-request'],
  ])('makes SQLSTATE %s a %s, without what the database quoted', async (code, expected) => {
    const failure = await asHandbookError(() => Promise.reject(databaseError(code))).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(HandbookError);
    expect(failure).toMatchObject({
      code: expected,
      message: expect.stringContaining(code) as string,
    });
    expect(failure).not.toHaveProperty('cause');
  });

  it('makes a broken connection unreachable and keeps the reason', async () => {
    const broken = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    await expect(asHandbookError(() => Promise.reject(broken))).rejects.toMatchObject({
      code: 'unreachable',
      cause: broken,
    });
  });

  it('is what every method answers with', async () => {
    const refused = (): Promise<never> => Promise.reject(new Error('connect ECONNREFUSED'));
    const sql: HandbookSql = { query: refused, transaction: refused };
    await expect(PostgresHandbook.open(sql)).rejects.toMatchObject({
      name: 'HandbookError',
      code: 'unreachable',
    });
  });
});

describe('retryOnClash', () => {
  it('runs a clashing transaction again, and no other', async () => {
    const failures = [databaseError('23505'), databaseError('40P01'), databaseError('40001')];
    let runs = 0;
    const succeeds = (): Promise<string> => {
      const failure = failures[runs];
      runs += 1;
      return failure === undefined ? Promise.resolve('done') : Promise.reject(failure);
    };
    expect(await retryOnClash(succeeds)).toBe('done');
    expect(runs).toBe(4);
    let others = 0;
    const fails = (): Promise<never> => {
      others += 1;
      return Promise.reject(databaseError('42P01'));
    };
    await expect(retryOnClash(fails)).rejects.toMatchObject({ code: '42P01' });
    expect(others).toBe(1);
  });

  it('gives up in the end', async () => {
    await expect(retryOnClash(() => Promise.reject(databaseError('23505')))).rejects.toMatchObject({
      code: '23505',
    });
  });
});

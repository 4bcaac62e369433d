import { describe, expect, it } from 'vitest';
import { DominoError } from '../port.ts';
import { type Grant, TokenSource } from './token-source.ts';

const REFUSED = new DominoError('not-authorized', 'Login: the server answered 401');

function source(answers: (Grant | DominoError)[]) {
  const state = { at: 0, logins: 0 };
  const tokens = new TokenSource({
    obtain: async () => {
      state.logins += 1;
      await Promise.resolve();
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer === undefined || answer instanceof DominoError) throw answer ?? REFUSED;
      return answer;
    },
    pauseMs: 1_200_000,
    now: () => state.at,
  });
  return { tokens, state };
}

const grant = (bearer: string, seconds = 100): Grant => ({ bearer, seconds });

describe('the token of a server', () => {
  it('is fetched once, however many ask at the same time', async () => {
    const { tokens, state } = source([grant('a')]);
    const bearers = await Promise.all(Array.from({ length: 20 }, () => tokens.bearer()));
    expect([new Set(bearers), state.logins]).toEqual([new Set(['a']), 1]);
  });

  it('is renewed at four fifths of the life that its issuer names, not before', async () => {
    const { tokens, state } = source([grant('a'), grant('b')]);
    await tokens.bearer();
    state.at = 79_999;
    expect(await tokens.bearer()).toBe('a');
    state.at = 80_000;
    expect(await tokens.bearer()).toBe('b');
  });

  it('goes on being used while its issuer is away, until it ends', async () => {
    const { tokens, state } = source([grant('a'), new DominoError('unreachable', 'no answer')]);
    await tokens.bearer();
    state.at = 90_000;
    expect(await tokens.bearer()).toBe('a');
    state.at = 100_000;
    await expect(tokens.bearer()).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('is not asked for again after refused credentials until the pause is over: five bad logins lock an account', async () => {
    const { tokens, state } = source([REFUSED, grant('a')]);
    for (let call = 0; call < 50; call += 1)
      await expect(tokens.bearer()).rejects.toMatchObject({ code: 'not-authorized' });
    expect(state.logins).toBe(1);
    state.at = 1_200_000;
    expect(await tokens.bearer()).toBe('a');
    expect(state.logins).toBe(2);
  });

  it('that was refused is replaced once; one that came meanwhile stays', async () => {
    const { tokens, state } = source([grant('a'), grant('b')]);
    await tokens.bearer();
    tokens.discard('a');
    expect(await tokens.bearer()).toBe('b');
    tokens.discard('a');
    expect(await tokens.bearer()).toBe('b');
    expect(state.logins).toBe(2);
  });

  it('that is refused although it is new stops the logins for a minute', async () => {
    const { tokens, state } = source([grant('a')]);
    await tokens.bearer();
    tokens.distrust('a');
    for (let call = 0; call < 10; call += 1)
      await expect(tokens.bearer()).rejects.toThrow(/refuses the token/);
    expect(state.logins).toBe(1);
    state.at = 60_000;
    expect(await tokens.bearer()).toBe('a');
  });
});

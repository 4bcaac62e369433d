import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestBridge, type TestBridge } from '../passes/testing/test-bridge.ts';
import { type DominoWatch, watchedDatabase } from './watched-database.ts';

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu'], way: 'direct' });
});
afterAll(() => bridge.close());

const watch: DominoWatch = { call: (_, work) => work(), notes: () => {}, bytes: () => {} };

/** The names of what an object of a class offers. */
const methodsOf = (object: object): string[] =>
  Object.getOwnPropertyNames(Object.getPrototypeOf(object)).filter((name) => name !== 'constructor');

describe('a database that is looked at', () => {
  it('has everything that it has alone', () => {
    const { database } = bridge.link;
    const watched = new Set(Object.keys(watchedDatabase(database, 'thu', watch)));
    // What only this way in has is no part of the port.
    const beyond = ['countNotes'];
    expect(methodsOf(database).filter((name) => !beyond.includes(name) && !watched.has(name))).toEqual([]);
  });

  it('says what it can as it is now', () => {
    let conditionalWrite = false;
    const database = {
      ...bridge.link.database,
      get capabilities() {
        return { ...bridge.link.database.capabilities, conditionalWrite };
      },
    };
    const watched = watchedDatabase(database, 'thu', watch);
    conditionalWrite = true;
    expect(watched.capabilities.conditionalWrite).toBe(true);
  });
});

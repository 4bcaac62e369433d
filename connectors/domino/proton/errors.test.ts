import { describe, expect, it } from 'vitest';
import { type Deed, dominoErrorOf } from '../wire/failure.ts';
import { classify } from './errors.ts';

const portCode = (code: string, message: string, deed: Deed): string => {
  const cause = Object.assign(new Error(message), { name: 'DominoDbError', code });
  return dominoErrorOf(classify(cause, deed), deed, 'A call').code;
};

describe('the port code of a rejection', () => {
  it.each<[string, string, Deed, string]>([
    ['ERR_NOT_AUTHORIZED', 'Server only allows Anonymous access', 'read', 'not-authorized'],
    ['ERR_FORBIDDEN', 'no', 'write', 'not-authorized'],
    ['ERR_NOT_FOUND', 'File does not exist', 'query', 'not-found'],
    ['ERR_NOT_FOUND', 'Database x.nsf not found', 'write', 'not-found'],
    ['ERR_TIME_LIMIT_EXCEEDED', '', 'query', 'scan-limit'],
    ['ERR_BAD_REQUEST', 'Query exceeded the limit of documents scanned', 'query', 'scan-limit'],
    ['ERR_BAD_REQUEST', 'unid must be a string', 'write', 'bad-request'],
    ['ERR_BAD_REQUEST', 'Field is too large (32K)', 'write', 'rejected'],
    ['ERR_NOT_CONNECTED', '', 'read', 'unreachable'],
    ['ERR_NOT_CONNECTED', '', 'write', 'outcome-unknown'],
    ['ERR_NOT_CONNECTED', 'connect ECONNREFUSED 127.0.0.1:3002', 'write', 'unreachable'],
    ['', 'gRPC client error: 14 UNAVAILABLE: Connection dropped', 'write', 'outcome-unknown'],
    ['', 'gRPC client error: 14 UNAVAILABLE: Connection dropped', 'read', 'unreachable'],
    ['ERR_INTERNAL_ERROR', 'The server is busy', 'write', 'busy'],
    ['ERR_INTERNAL_ERROR', 'bulkNote request failed with Proton code 65535', 'write', 'outcome-unknown'],
    ['ERR_INTERNAL_ERROR', 'bulkNote request failed with Proton code 65535', 'read', 'busy'],
  ])('%s "%s" on a %s is %s', (code, message, deed, expected) => {
    expect(portCode(code, message, deed)).toBe(expected);
  });

  it.each([
    ['Cannot open document 0123: invalid universal id', 'note-missing'],
    ['Document has been deleted', 'note-missing'],
    ['You are not authorized to perform that operation', 'not-authorized'],
  ])('understands an entry without a code: %s', (message, kind) => {
    expect(classify({ message }, 'read').kind).toBe(kind);
  });

  it('tells a note that is not there from a database that is not there', () => {
    expect(classify({ code: 'ERR_NOT_FOUND', message: 'Document not found' }, 'write').kind).toBe(
      'note-missing',
    );
  });

  it('never repeats what the server quotes', () => {
    const message = `Query is not understandable: Ten = 'Nguyễn Văn A' and Cccd = "099012345678" 099012345678`;
    const error = dominoErrorOf(
      classify({ code: 'ERR_BAD_REQUEST', message }, 'query'),
      'query',
      'Search by Ten',
    );
    expect(error.message).toContain('Search by Ten');
    expect(error.message).not.toMatch(/Nguyễn|099012345678/);
    expect(error.cause).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';
import { richTextItem } from '../engine/item-builders.ts';
import { compositeData } from '../rich-text/composite-data.ts';
import { createMember, type MemberDocument } from './testing/member-documents.ts';
import { temporaryRest, type TemporaryRest } from './testing/temporary-rest.ts';

async function upload(
  rest: TemporaryRest,
  unid: string,
  files: readonly (readonly [name: string, content: string])[],
  part = 'filename',
) {
  const form = new FormData();
  for (const [name, content] of files) form.append(part, new Blob([content]), name);
  const encoded = new Response(form);
  return rest.plain({
    method: 'POST',
    url: `/api/v1/attachments/${unid}?dataSource=members`,
    headers: {
      authorization: `Bearer ${await rest.login()}`,
      'content-type': encoded.headers.get('content-type') ?? '',
    },
    payload: Buffer.from(await encoded.arrayBuffer()),
  });
}

describe('attachments and rich text', () => {
  test('[RF12] upload, names, bytes, removal; a name that is taken gets a new one, and the answer says which', async () => {
    await using rest = await temporaryRest();
    const { unid, revision } = (await createMember(rest))['@meta'];
    expect((await upload(rest, unid, [['hồ sơ.pdf', 'một']])).body).toEqual({
      status: 'upload complete',
      filename: 'hồ sơ.pdf',
    });
    expect(
      (
        await upload(rest, unid, [
          ['hồ sơ.pdf', 'hai'],
          ['b.txt', 'ba'],
        ])
      ).body,
    ).toEqual({
      status: 'upload complete',
      filenames: ['hồ sơ(1).pdf', 'b.txt'],
    });
    const path = `/attachments/${unid}/${encodeURIComponent('hồ sơ(1).pdf')}`;
    expect((await rest.ask('GET', path)).text).toBe('hai');
    const names = await rest.ask('GET', `/attachmentnames/${unid}`);
    expect(names.body).toEqual({ Files: ['hồ sơ.pdf', 'hồ sơ(1).pdf', 'b.txt'] });
    const full = await rest.ask('GET', `/attachmentnames/${unid}`, {
      query: { includeAttachmentMetadata: 'true' },
    });
    expect(full.body).toMatchObject({ Files: [{ filename: 'hồ sơ.pdf', size: 5 }, {}, {}] });
    const shown = await rest.ask<MemberDocument>('GET', `/document/${unid}`);
    expect(shown.body['$FILES']).toEqual(['hồ sơ.pdf', 'hồ sơ(1).pdf', 'b.txt']);
    expect(shown.body['@meta'].revision).not.toBe(revision);
    expect((await rest.ask('DELETE', path)).body).toMatchObject({ status: 'OK', unid });
    expect((await rest.ask('GET', path)).status).toBe(404);
  });

  test('[RF12] an upload may leave the revision as it was', async () => {
    await using rest = await temporaryRest({ quirks: { attachmentRevision: 'stays' } });
    const { unid, revision } = (await createMember(rest))['@meta'];
    await upload(rest, unid, [['a.txt', 'a']]);
    const { body } = await rest.ask<MemberDocument>('GET', `/document/${unid}`);
    expect(body['$FILES']).toEqual(['a.txt']);
    expect(body['@meta'].revision).toBe(revision);
  });

  test('[RF12] the part has to be called filename, or the server takes any', async () => {
    for (const [uploadParts, status] of [
      ['filename-only', 400],
      ['any', 200],
    ] as const) {
      await using rest = await temporaryRest({ quirks: { uploadParts } });
      const { unid } = (await createMember(rest))['@meta'];
      expect((await upload(rest, unid, [['a.txt', 'a']], 'file')).status).toBe(status);
    }
  });

  test('[RF12] what is over the body limit is 413 and leaves nothing', async () => {
    await using rest = await temporaryRest({ bodyLimit: 2000 });
    const { unid } = (await createMember(rest))['@meta'];
    expect((await upload(rest, unid, [['a.txt', 'x'.repeat(3000)]])).body).toMatchObject({ status: 413 });
    const body = { Form: 'Member', HoTen: 'x'.repeat(3000) };
    expect((await rest.ask('POST', '/document', { body })).status).toBe(413);
    expect(rest.domino.database.read(unid)?.sequence).toBe(1);
  });

  test('[RF13] rich text of a Notes client comes as plain text, HTML, Markdown or records; as MIME the server may fail', async () => {
    await using rest = await temporaryRest();
    const dxl = new TextEncoder().encode('<par><run>Một &lt;hai&gt;</run></par><par>ba</par>');
    const unid = rest.lan.create({ Form: 'Member', GhiChu: richTextItem('GhiChu', dxl, 'dxl') });
    const read = async (richTextAs: string) =>
      (await rest.ask<{ GhiChu?: unknown }>('GET', `/document/${unid}`, { query: { richTextAs } })).body
        .GhiChu;
    expect(await read('plain')).toEqual({ type: 'text/plain', encoding: 'PLAIN', content: 'Một <hai>\nba' });
    expect(await read('html')).toMatchObject({
      content: '<html><body><p>Một &lt;hai&gt;</p><p>ba</p></body></html>',
    });
    const records = Buffer.from(compositeData(dxl)).toString('base64');
    expect(await read('compositedata')).toMatchObject({ encoding: 'BASE64', content: records });
    const failed = await rest.ask('GET', `/document/${unid}`, { query: { richTextAs: 'mime' } });
    expect(failed.body).toMatchObject({ status: 500, message: 'mime part not found' });
    const unsaid = await rest.ask<{ GhiChu: { content: string } }>('GET', `/document/${unid}`);
    expect(Buffer.from(unsaid.body.GhiChu.content, 'base64').toString()).toContain('X-MIMETrack');
    expect((await rest.ask('GET', `/richtext/plain/${unid}`, { query: { item: 'GhiChu' } })).text).toBe(
      'Một <hai>\nba',
    );
    expect((await rest.ask('GET', `/richtext/plain/${unid}`, { query: { item: 'HoTen' } })).status).toBe(404);
  });

  test('[RF13] rich text is written as MIME: what a Notes client made of it is gone, unless composite data come back', async () => {
    await using rest = await temporaryRest({ schema: { requireRevisionToUpdate: false } });
    const dxl = new TextEncoder().encode('<par><run>đậm</run></par>');
    const unid = rest.lan.create({ Form: 'Member', GhiChu: richTextItem('GhiChu', dxl, 'dxl') });
    const patch = (GhiChu: unknown) => rest.ask('PATCH', `/document/${unid}`, { body: { GhiChu } });
    const kinds = () =>
      rest.domino.database
        .read(unid)
        ?.items.filter(({ name }) => name === 'GhiChu')
        .map(({ value }) => value.type);
    await rest.ask('PATCH', `/document/${unid}`, { body: { HoTen: 'x' } });
    expect(kinds()).toEqual(['richtext']);
    expect((await patch({})).body).toMatchObject({ status: 500, message: 'java.lang.NullPointerException' });
    const records = Buffer.from(compositeData(dxl)).toString('base64');
    await patch({ type: 'application/vnd.hcl.compositedata', encoding: 'BASE64', content: records });
    expect(kinds()).toEqual(['richtext']);
    await patch({ type: 'text/html', encoding: 'PLAIN', content: '<p>mới</p>' });
    expect(kinds()).toEqual(['raw']);
    const { body } = await rest.ask('GET', `/document/${unid}`, { query: { richTextAs: 'plain' } });
    expect(body['GhiChu']).toMatchObject({ content: 'mới' });
  });

  test('[RF20] an agent that the schema lists prints JSON; what is no JSON answers "done"', async () => {
    await using rest = await temporaryRest({
      agents: {
        bridgeChanges: ({ payload }) => JSON.stringify({ payload }),
        khongJson: () => 'xin chào',
        khac: () => '1',
      },
    });
    const run = (agentName: string) =>
      rest.ask('POST', '/run/agent', { body: { agentName, payload: { since: 1 } } });
    expect((await run('bridgeChanges')).body).toEqual({ agentResponse: { payload: { since: 1 } } });
    expect((await run('khongJson')).body).toEqual({ agentResponse: 'done' });
    expect((await run('khac')).status).toBe(404);
  });
});

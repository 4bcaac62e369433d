import * as z from 'zod';
import { requireDocument } from '../documents/find-document.ts';
import { logRead } from '../rest-call.ts';
import { RestError } from '../rest-error.ts';
import { RICH_TEXT_FORMS, richTextJson } from '../rich-text/rich-text-json.ts';
import { readableFields } from '../schema/find-mode.ts';
import type { Define } from './define-operation.ts';
import { mode } from './parameters.ts';

/** One rich text item as a stream. */
export function defineRichText(define: Define): void {
  define.scope({
    operationId: 'getRichText',
    method: 'GET',
    url: '/api/v1/richtext/:richTextAs/:unid',
    query: z.object({ mode, item: z.string().default('Body') }),
    work: (call, { query, params }) => {
      const form = z.enum(RICH_TEXT_FORMS).safeParse(params['richTextAs']);
      if (!form.success) throw new RestError(400, 'Unknown rich text processor');
      const found = requireDocument(call, params['unid'] ?? '', query.mode);
      const answered = [found.note.unid];
      const field = readableFields(found.mode).find(
        ({ name, format }) => format === 'richtext' && name.toLowerCase() === query.item.toLowerCase(),
      );
      if (field === undefined) throw new RestError(404, `Item ${query.item} is not configured`);
      logRead(call, { itemNames: [field.name], unids: answered, answered });
      const text = richTextJson(call.database, found.note, field.name, form.data, call.context.quirks);
      if (text === undefined) throw new RestError(404, `Document has no item ${query.item}`);
      const encoding = text.encoding === 'BASE64' ? 'base64' : 'utf8';
      const type = form.data === 'compositedata' ? 'application/octet-stream' : text.type;
      return { kind: 'content', type, bytes: Buffer.from(text.content, encoding) };
    },
  });
}

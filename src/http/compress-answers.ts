import compress from '@fastify/compress';
import type { HttpApp } from './http-app.ts';

const WORTH_IT_BYTES = 1_024;

/** JSON only: attachments are compressed files already and asked for in ranges, and what is streamed must not wait in a compressor. */
export function compressAnswers(app: HttpApp): void {
  app.register(compress, {
    threshold: WORTH_IT_BYTES,
    encodings: ['br', 'gzip'],
    customTypes: /^application\/(problem\+)?json\b/,
  });
}

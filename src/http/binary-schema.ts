import type { Readable } from 'node:stream';
import { z } from 'zod';

/** A streamed answer; nothing of it is validated. */
export const streamed = z.custom<Readable>().meta({ type: 'string', format: 'binary' });

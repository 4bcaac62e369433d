import { createReadStream } from 'node:fs';
import type { DxlSource } from './import-dxl.ts';

/** A DXL file on disk; named by its path. */
export function dxlFile(path: string): DxlSource {
  return { name: path, open: () => createReadStream(path) };
}

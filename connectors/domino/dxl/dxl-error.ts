/** Why a file is not usable DXL, or a note cannot be written as DXL. The message names places and elements, never item values. */
export class DxlError extends Error {
  override readonly name = 'DxlError';
  /** 1-based, or null where no place in the file is meant. */
  readonly line: number | null;
  readonly column: number | null;

  constructor(message: string, line: number | null = null, column: number | null = null) {
    super(line === null ? message : `line ${line}, column ${column}: ${message}`);
    this.line = line;
    this.column = column;
  }
}

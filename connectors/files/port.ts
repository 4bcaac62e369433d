/** Port: whether a file from outside may be kept, by what is in it and not by what its name says. */
export interface FileInspector {
  inspect(bytes: Uint8Array): Promise<FileVerdict>;
}

export type FileVerdict =
  | { readonly kind: 'good'; readonly mediaType: string }
  | { readonly kind: 'refused'; readonly reason: FileRefusal };

/**
 * - `type`: not a PDF, PNG, JPEG, Office or OpenDocument file without macros, or plain UTF-8 text.
 * - `damaged`: says that it is one and cannot be read as one.
 * - `bomb`: would become much larger when opened.
 * - `active`: holds macros, scripts, or things to be started.
 */
export type FileRefusal = 'type' | 'damaged' | 'bomb' | 'active';

import { registerHooks } from 'node:module';

/** A change of one source file, made while it is loaded; nothing on disk is touched. */
export interface SourcePatch {
  /** End of the file's path. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/**
 * From here on these files are loaded with other text. A text that is not there exactly once is an error: what is planted nowhere proves nothing.
 * Answers a check that every file was in fact loaded. Has to come before the first import of any of them.
 */
export function patchSources(patches: readonly SourcePatch[]): () => void {
  const waiting = new Set(patches);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const mine = patches.filter((patch) => url.endsWith(`/${patch.file}`));
      if (mine.length === 0) return loaded;
      const source = mine.reduce((text, patch) => {
        waiting.delete(patch);
        const parts = text.split(patch.find);
        if (parts.length !== 2)
          throw new Error(
            `${patch.file} holds ${parts.length - 1} times what is to be replaced: ${patch.find}`,
          );
        return parts.join(patch.replace);
      }, textOf(loaded.source));
      return { ...loaded, source };
    },
  });
  return () => {
    const [left] = waiting;
    if (left) throw new Error(`${left.file} was never loaded, so nothing was planted in it`);
  };
}

function textOf(source: string | ArrayBuffer | NodeJS.TypedArray | undefined | null): string {
  if (source === undefined || source === null) throw new Error('A module was loaded without its source');
  if (typeof source === 'string') return source;
  if (source instanceof ArrayBuffer) return Buffer.from(source).toString('utf8');
  return Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString('utf8');
}

import type { NotesDatabase } from '../../connectors/domino/port.ts';
import type { DominoUse, Link } from '../passes/pass-deps.ts';
import type { Items, NoteReading } from '../sync/note.ts';

const WRITES = new Set(['createNote', 'replaceItems', 'deleteNote']);
const STREAMS = new Set(['readRichText']);

/** What each link asked of Domino since the start of this process. */
export class DominoMeter {
  readonly #uses = new Map<string, { calls: number; writes: number; bytes: number }>();

  use(linkId: string): DominoUse {
    return { ...this.#of(linkId) };
  }

  /** The same link, what is asked of its databases counted. */
  counted(link: Link): Link {
    return {
      ...link,
      database: this.#database(link.id, link.database),
      standby: (link.standby ?? []).map((one) => ({
        ...one,
        database: this.#database(link.id, one.database),
      })),
    };
  }

  #database(linkId: string, database: NotesDatabase): NotesDatabase {
    const use = this.#of(linkId);
    return new Proxy(database, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]): unknown => {
          const name = String(property);
          if (name === 'close') return Reflect.apply(value, target, given);
          use.calls += 1;
          if (WRITES.has(name)) {
            use.writes += 1;
            use.bytes += sizeOf(given.find((one) => typeof one === 'object' && one !== null) as Items);
          }
          const answer: unknown = Reflect.apply(value, target, given);
          if (STREAMS.has(name)) return countedStream(answer as AsyncIterable<Uint8Array>, use);
          if (answer instanceof Promise)
            return answer.then((result: unknown) => {
              use.bytes += sizeOfReadings(result);
              return result;
            });
          return answer;
        };
      },
    });
  }

  #of(linkId: string) {
    let use = this.#uses.get(linkId);
    if (use === undefined) this.#uses.set(linkId, (use = { calls: 0, writes: 0, bytes: 0 }));
    return use;
  }
}

async function* countedStream(content: AsyncIterable<Uint8Array>, use: { bytes: number }) {
  for await (const chunk of content) {
    use.bytes += chunk.byteLength;
    yield chunk;
  }
}

function sizeOfReadings(result: unknown): number {
  const list: unknown = Array.isArray(result)
    ? result
    : typeof result === 'object' && result !== null && 'notes' in result
      ? result.notes
      : null;
  if (!Array.isArray(list)) return 0;
  let size = 0;
  for (const reading of list as readonly NoteReading[])
    if (typeof reading === 'object' && reading.kind === 'note') size += sizeOf(reading.items);
  return size;
}

function sizeOf(items: Items | undefined): number {
  let size = 0;
  for (const item of Object.values(items ?? {}))
    for (const value of item?.values ?? []) size += typeof value === 'string' ? value.length : 8;
  return size;
}

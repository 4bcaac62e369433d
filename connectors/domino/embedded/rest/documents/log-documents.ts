import { logRead, type ScopeCall } from '../rest-call.ts';
import type { FoundDocument } from './find-document.ts';
import { askedItems } from './read-document.ts';

/** One entry of the request log for each set of items that was asked for: of documents of another form other items are asked. */
export function logDocuments(
  call: ScopeCall,
  found: readonly FoundDocument[],
  asked: {
    readonly unids?: readonly string[];
    readonly query?: string;
    readonly fields?: readonly string[] | null;
  },
): void {
  const groups = new Map<string, { itemNames: string[]; answered: string[] }>();
  for (const one of found) {
    const itemNames = askedItems(one, asked.fields);
    const group = groups.get(itemNames.join(' ')) ?? { itemNames, answered: [] };
    groups.set(itemNames.join(' '), group);
    group.answered.push(one.note.unid);
  }
  const unanswered = asked.unids?.filter((unid) => !found.some(({ note }) => note.unid === unid)) ?? [];
  const query = asked.query ?? null;
  if (groups.size === 0 || unanswered.length > 0) {
    logRead(call, { itemNames: [], unids: unanswered, answered: [], query });
  }
  for (const { itemNames, answered } of groups.values()) {
    logRead(call, { itemNames, answered, unids: asked.unids === undefined ? [] : answered, query });
  }
}

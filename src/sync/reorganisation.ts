/** A change of many documents that a named person said is coming: how many, of which entity, in which fields. */
export interface Reorganisation {
  readonly entity: string;
  readonly fields: readonly string[];
  /** Documents that will have changed, exactly. */
  readonly count: number;
  readonly by: string;
  readonly reason: string;
  /** ISO instants. */
  readonly at: string;
  readonly until: string;
}

interface Change {
  readonly entity: string;
  readonly event: string;
  readonly fields: readonly string[];
}

/** [BR5] Whether a change is one of those announced: of this entity, in the handbook, in no other field. */
export function isAnnounced(announced: Reorganisation, change: Change): boolean {
  return (
    change.entity === announced.entity &&
    change.event === 'update-record' &&
    change.fields.length > 0 &&
    change.fields.every((field) => announced.fields.includes(field))
  );
}

/** [BR5] A list's changes told apart; `fits` where those announced, with what has crossed of them `before`, are exactly as many as was said. */
export function countAnnounced(
  announced: Reorganisation,
  listed: readonly Change[],
  before: number,
): { readonly announced: number; readonly others: number; readonly fits: boolean } {
  const matching = listed.filter((change) => isAnnounced(announced, change)).length;
  return {
    announced: matching,
    others: listed.length - matching,
    fits: matching + before === announced.count,
  };
}

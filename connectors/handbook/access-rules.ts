/** Who may see and do what in the handbook, entity by entity: data, read from `config/access.yaml`. What no rule names, only a service sees. */
export interface AccessRules {
  /** The organisations: whose field names the one above, and the days (inclusive) between which one is in force. */
  readonly tree: {
    readonly entity: string;
    readonly parent: string;
    readonly from: string;
    readonly to: string;
  };
  /** The people: which cell they belong to, and the statuses with which somebody is active. */
  readonly member: {
    readonly entity: string;
    readonly cell: string;
    readonly status: string;
    readonly active: readonly string[];
  };
  readonly entities: Readonly<Record<string, EntityAccess>>;
}

export interface EntityAccess {
  /** Every active account sees it. */
  readonly everyone: boolean;
  /** Field that names the member whose record it is: they see it. */
  readonly owner?: string;
  /** Organisation whose secretary, and whose committees above, see it: a field, or a field of the record that `via` names by its key. */
  readonly within?: string | { readonly via: string; readonly entity: string; readonly field: string };
  /** Field with the codes of organisations: everyone at or under one of them sees it, and the committees above. */
  readonly scope?: string;
  /** Who sees a record of that entity whose `field` names this one's key sees this one too. */
  readonly through?: { readonly entity: string; readonly field: string };
  /** The fields that a role is shown; a role that is not named is shown all of them. */
  readonly fields?: Readonly<Partial<Record<PersonRole, readonly string[]>>>;
  /** The order of lists; `name` goes by the last word, as lists of people do. */
  readonly sort?: { readonly field: string; readonly by: 'text' | 'name' };
  /** Fields that a search looks into; every role that sees the record is shown them. */
  readonly search: readonly string[];
  /** Who may do it: the member that `owner` names, or the secretary of the organisation that `within` names. */
  readonly write: Readonly<Partial<Record<'create' | 'update' | 'delete', readonly Writer[]>>>;
}

export type Writer = 'owner' | 'within';
export type PersonRole = 'member' | 'secretary' | 'officer';

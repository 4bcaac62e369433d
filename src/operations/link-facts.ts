import type { Capabilities } from '../../connectors/domino/port.ts';
import type { LinkMode } from '../../connectors/postgres/port.ts';
import type { BrakeLimit } from '../sync/brake.ts';

/** What the configuration says of a link, without a word of its credentials. */
export interface LinkFacts {
  readonly linkId: string;
  readonly title: { readonly vi: string; readonly en: string };
  readonly mode: LinkMode;
  readonly replicaSet: string;
  /** `proton`, `rest`, `embedded-proton`, `embedded-rest`. */
  readonly via: string;
  /** The Notes name that the bridge signs in as. */
  readonly identity: string;
  readonly instances: readonly string[];
  readonly capabilities: Capabilities;
  readonly schedule: {
    readonly pullSeconds: number;
    readonly pushSeconds: number;
    readonly sweepMinutes: number;
  };
  readonly brake: { readonly deletes: BrakeLimit; readonly updates: BrakeLimit };
  readonly failoverAfter: number | null;
  readonly forms: readonly {
    readonly form: string;
    readonly entity: string;
    readonly title: { readonly vi: string; readonly en: string };
    readonly denied: boolean;
    /** Item of each field. */
    readonly items: Readonly<Record<string, string>>;
  }[];
}

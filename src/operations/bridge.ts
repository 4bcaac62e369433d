import type { ReleaseRequest } from '../../connectors/postgres/watch-port.ts';
import type { Link, PassDeps } from '../passes/pass-deps.ts';

/** What the operations speak to: the composed bridge, without a word about its adapters. */
export interface Bridge {
  readonly deps: PassDeps;
  /** In the order of the configuration. */
  readonly links: readonly Link[];
  verifyJournal(linkId: string, onProgress: (checked: number) => void): Promise<JournalCheck>;
  /** Where a braked lane needs two people: keeps the first request for a preview and answers the one that stands. Left out: one person is enough. */
  readonly fourEyes?: { ask(request: ReleaseRequest): Promise<ReleaseRequest> };
  checkConfig(language: 'vi' | 'en'): Promise<ConfigCheck>;
}

export interface JournalCheck {
  readonly link: string;
  readonly ok: boolean;
  readonly rows: number;
  /** First row whose hash does not follow from the one before it. */
  readonly brokenAt: number | null;
}

export interface ConfigCheck {
  readonly ok: boolean;
  readonly findings: readonly {
    readonly severity: 'error' | 'warning';
    readonly rule: string;
    readonly link: string | null;
    readonly form: string | null;
    readonly field: string | null;
    readonly message: string;
  }[];
  readonly mappings: readonly {
    readonly form: string;
    readonly entity: string;
    readonly explanation: string;
  }[];
}

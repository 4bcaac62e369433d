/** Port: which troubles were seen and who was told (inside zone). */
export interface AlertBook {
  all(): Promise<readonly KeptAlert[]>;
  /** Puts these in the place of all that was kept before; durable when it returns. */
  replace(alerts: readonly KeptAlert[]): Promise<void>;
}

/** Instants in ms; `told` by channel. */
export interface KeptAlert {
  readonly key: string;
  readonly title: string;
  readonly since: number;
  readonly told: Readonly<Record<string, number>>;
}

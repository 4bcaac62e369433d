/** Why one document is set aside. `code` is stable; `detail` names items and fields, never values. */
export interface QuarantineReason {
  readonly code: string;
  readonly detail: string;
}

/** What `checkConfig` found. The bridge does not start a link with an error. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly rule: RuleId;
  readonly link: string | null;
  readonly form: string | null;
  readonly field: string | null;
  /** What is wrong, and what to do about it. */
  readonly message: string;
}

/** Stable: named by the manual. */
export type RuleId =
  | 'form-doubled'
  | 'entity-doubled'
  | 'mapping-unused'
  | 'field-doubled'
  | 'item-doubled'
  | 'item-reserved'
  | 'key-unknown'
  | 'key-type'
  | 'key-required'
  | 'key-not-written'
  | 'required-not-written'
  | 'gate-empty'
  | 'gate-secret-open'
  | 'gate-parent'
  | 'gate-item-mapped'
  | 'reference-entity'
  | 'direction-writer'
  | 'policy-type'
  | 'check-type'
  | 'blob-direction'
  | 'text-too-long'
  | 'link-doubled'
  | 'link-form-unknown'
  | 'link-form-doubled'
  | 'link-file-shared'
  | 'embedded-unknown'
  | 'replica-differs'
  | 'tls-off'
  | 'restore-undetected'
  | 'failover-alone'
  | 'form-reserved'
  | 'lost-update'
  | 'race-accepted'
  | 'loss-accepted'
  | 'no-rich-text'
  | 'no-attachments'
  | 'no-attachment-writes';

export type Report = (
  severity: Finding['severity'],
  rule: RuleId,
  message: string,
  at?: { readonly link?: string; readonly form?: string; readonly field?: string },
) => void;

/** `error lost-update [dang-vien / DangVien / phone]: …`. */
export function formatFinding(finding: Finding): string {
  const place = [finding.link, finding.form, finding.field].filter((part) => part !== null).join(' / ');
  return `${finding.severity} ${finding.rule}${place === '' ? '' : ` [${place}]`}: ${finding.message}`;
}

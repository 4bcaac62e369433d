/** One thing that was looked at. `todo` says what a person should do; empty where nothing is. */
export interface Finding {
  /** Stable word for scripts: `database`, `redis`, `domino`, `clock`, `disk`, `certificate`, `version`, `migration`, `mapping`, … */
  readonly check: string;
  /** What it was looked at on: a link, a zone, a file. */
  readonly subject: string;
  readonly level: 'ok' | 'warning' | 'problem';
  readonly found: string;
  readonly todo: string;
}

export const fine = (check: string, subject: string, found: string): Finding => ({
  check,
  subject,
  level: 'ok',
  found,
  todo: '',
});

export const warning = (check: string, subject: string, found: string, todo: string): Finding => ({
  check,
  subject,
  level: 'warning',
  found,
  todo,
});

export const problem = (check: string, subject: string, found: string, todo: string): Finding => ({
  check,
  subject,
  level: 'problem',
  found,
  todo,
});

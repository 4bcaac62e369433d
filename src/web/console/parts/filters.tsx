import { overview } from '../live.ts';
import { query, setFilter } from '../router.ts';
import { t, titleOf } from '../words.ts';

/** One of a few values, kept in the address so that a filtered list can be sent to somebody. */
export function Choice(props: {
  readonly name: string;
  readonly label: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly fallback?: string;
}) {
  return (
    <label class="field">
      {props.label}
      <select
        value={query.value.get(props.name) ?? props.fallback ?? ''}
        onChange={(event) => setFilter(props.name, event.currentTarget.value)}
      >
        {props.options.map(([value, text]) => (
          <option value={value} key={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

export function LinkChoice() {
  const links = overview.value?.links ?? [];
  return (
    <Choice
      name="link"
      label={t().linkColumn}
      options={[['', t().all], ...links.map((link) => [link.linkId, titleOf(link.title)] as const)]}
    />
  );
}

export function TextFilter(props: {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'date';
}) {
  const given = {
    value: query.value.get(props.name) ?? '',
    onChange: (event: { readonly currentTarget: HTMLInputElement }) =>
      setFilter(props.name, event.currentTarget.value.trim()),
  };
  return (
    <label class="field">
      {props.label}
      {props.type === 'date' ? (
        <input type="date" {...given} />
      ) : (
        <input type="text" maxLength={100} {...given} />
      )}
    </label>
  );
}

/** The filters that are set, as a query for the API. */
export function apiQuery(
  names: readonly string[],
  extra: Readonly<Record<string, string | null>> = {},
): string {
  const params = new URLSearchParams();
  for (const name of names) {
    const value = query.value.get(name);
    if (value !== null && value !== '') params.set(name, value);
  }
  for (const [name, value] of Object.entries(extra)) if (value !== null) params.set(name, value);
  return params.toString();
}

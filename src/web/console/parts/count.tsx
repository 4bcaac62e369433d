import { number } from '../format.ts';
import { href } from '../router.ts';

/** A number that leads to the list behind it; nothing is behind a nought. */
export function Count(props: {
  readonly of: number;
  readonly to: string;
  readonly params: Readonly<Record<string, string>>;
  readonly label: string;
}) {
  if (props.of === 0) return <span class="zero">0</span>;
  return (
    <a href={href(props.to, props.params)} aria-label={`${props.label}: ${number(props.of)}`}>
      {number(props.of)}
    </a>
  );
}

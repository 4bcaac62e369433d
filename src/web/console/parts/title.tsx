import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../words.ts';

/** The one heading of a page; also the title of the browser's window. */
export function Title(props: {
  readonly text: string;
  readonly sub?: ComponentChildren;
  readonly children?: ComponentChildren;
}) {
  useEffect(() => {
    document.title = `${props.text} – ${t().brand}`;
  }, [props.text]);
  return (
    <div class="title">
      <h1 tabIndex={-1}>{props.text}</h1>
      {props.children}
      {props.sub && <p class="sub">{props.sub}</p>}
    </div>
  );
}

export function Panel(props: {
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly id?: string;
}) {
  return (
    <section class="panel" id={props.id} aria-label={props.title}>
      <header>
        <h2>{props.title}</h2>
        {props.aside}
      </header>
      {props.children}
    </section>
  );
}

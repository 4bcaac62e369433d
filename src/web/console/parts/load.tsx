import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { ApiError, get } from '../api.ts';
import { fill, t } from '../words.ts';
import { Icon } from './icons.tsx';

export interface Loaded<T> {
  readonly data: T | null;
  readonly error: Error | null;
  /** Asks again and keeps what is shown until the answer comes. */
  readonly reload: () => void;
}

/** What the operations API answers at `path` (null: nothing is asked); asked again when the path or `stamp` changes. */
export function useLoad<T>(path: string | null, stamp: unknown = null): Loaded<T> {
  const [state, setState] = useState<{ path: string | null; data: T | null; error: Error | null }>({
    path,
    data: null,
    error: null,
  });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (path === null) return undefined;
    const controller = new AbortController();
    get<T>(path, controller.signal).then(
      (data) => setState({ path, data, error: null }),
      (error: unknown) => {
        if (controller.signal.aborted) return;
        setState((before) => ({
          path,
          data: before.path === path ? before.data : null,
          error: error as Error,
        }));
      },
    );
    return () => controller.abort();
  }, [path, stamp, turn]);
  const reload = useCallback(() => setTurn((count) => count + 1), []);
  return state.path === path ? { ...state, reload } : { data: null, error: null, reload };
}

/** Shows the data, or that it is coming, or why it is not. */
export function Show<T>(props: {
  readonly of: Loaded<T>;
  readonly children: (data: T) => ComponentChildren;
}) {
  const { data, error, reload } = props.of;
  if (data !== null) return <>{props.children(data)}</>;
  if (error === null)
    return (
      <p class="void" role="status">
        {t().loading}
      </p>
    );
  return <Failure error={error} retry={reload} />;
}

export function Failure(props: { readonly error: Error; readonly retry?: () => void }) {
  const { error } = props;
  const message = error instanceof ApiError && error.code === 'forbidden' ? t().notAllowed : error.message;
  return (
    <div class="notice bad" role="alert">
      <p>{fill(t().failed, { message })}</p>
      {props.retry && (
        <button type="button" class="button small" onClick={props.retry}>
          {t().retry}
        </button>
      )}
    </div>
  );
}

export function Void(props: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="void">
      <Icon name="ok" />
      <strong>{props.title}</strong>
      {props.children && <span>{props.children}</span>}
    </div>
  );
}

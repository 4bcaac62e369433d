import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, type Progress, run } from '../api.ts';
import { number, span } from '../format.ts';
import { fill, t } from '../words.ts';

export interface Operation<T> {
  readonly running: boolean;
  readonly progress: Progress | null;
  /** Seconds that are probably left; null while nobody can know. */
  readonly left: number | null;
  readonly result: T | null;
  readonly error: ApiError | null;
  readonly start: (args: object) => Promise<T | null>;
  readonly stop: () => void;
  readonly clear: () => void;
}

/** One operation of the bridge with its progress and its outcome. Leaving the page does not stop it short of its safe point. */
export function useOperation<T>(name: string, after?: (result: T) => void): Operation<T> {
  const [running, setRunning] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [result, setResult] = useState<T | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const controller = useRef<AbortController | null>(null);
  const started = useRef(0);
  useEffect(() => () => controller.current?.abort(), []);
  const share = progress?.estimated ? progress.done / progress.estimated : 0;
  const spent = (Date.now() - started.current) / 1_000;
  return {
    running,
    progress,
    left: share > 0.02 && spent > 2 ? (spent / share) * (1 - share) : null,
    result,
    error,
    async start(args) {
      controller.current = new AbortController();
      started.current = Date.now();
      setRunning(true);
      setProgress(null);
      setResult(null);
      setError(null);
      try {
        const answer = await run<T>(name, args, {
          onProgress: setProgress,
          signal: controller.current.signal,
        });
        setResult(answer);
        after?.(answer);
        return answer;
      } catch (failure) {
        const stopped = controller.current.signal.aborted;
        if (!stopped)
          setError(failure instanceof ApiError ? failure : new ApiError(0, 'unavailable', String(failure)));
        return null;
      } finally {
        setRunning(false);
      }
    },
    stop: () => controller.current?.abort(),
    clear() {
      setResult(null);
      setError(null);
      setProgress(null);
    },
  };
}

/** What an operation is doing, or how it ended. */
export function OperationState<T>(props: {
  readonly of: Operation<T>;
  readonly children?: (result: T) => ComponentChildren;
}) {
  const { running, progress, left, result, error, stop } = props.of;
  if (running)
    return (
      <div class="notice" role="status">
        <div class="row">
          <span>
            {progress === null ? t().loading : `${progress.phase}: `}
            {progress &&
              (progress.estimated === null
                ? number(progress.done)
                : fill(t().progress, { done: number(progress.done), estimated: number(progress.estimated) }))}
            {left !== null && ` – ${fill(t().estimate, { time: span(left) })}`}
          </span>
          <button type="button" class="button small" onClick={stop}>
            {t().stop}
          </button>
        </div>
        <progress
          aria-label={t().actions}
          {...(progress?.estimated ? { value: progress.done, max: progress.estimated } : {})}
        />
      </div>
    );
  if (error !== null)
    return (
      <p class={`notice ${error.code === 'needs-approval' ? 'warn' : 'bad'}`} role="alert">
        {error.code === 'forbidden' ? t().notAllowed : error.message}
      </p>
    );
  if (result === null) return null;
  return (
    <div class="notice ok" role="status">
      {props.children?.(result) ?? t().doneGeneric}
    </div>
  );
}

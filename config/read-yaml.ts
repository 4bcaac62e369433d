import { isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type * as z from 'zod';
import { type ConfigProblem, formatPath } from './config-problem.ts';
import { whatIsRight, whatIsWrong } from './explain-issue.ts';

/** A value that stands for the one in the file, and where it came from (`environment variable PORT`). */
export interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly from: string;
}

export interface YamlSource {
  /** As the operator knows it: shown in problems. */
  readonly file: string;
  readonly text: string;
  readonly overrides?: readonly Override[];
  /** Settings whose texts are never shown. */
  readonly isSecret?: (path: readonly PropertyKey[]) => boolean;
}

export type YamlResult<T> = { readonly value: T } | { readonly problems: readonly ConfigProblem[] };

/** Text → value of the schema, or every problem with its place. */
export function readYaml<T>(source: YamlSource, schema: z.ZodType<T>): YamlResult<T> {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const placed = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file: source.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      ...placed(error.pos[0]),
      path: '',
      wrong: `is not YAML: ${error.message}`,
      right: 'well-formed YAML',
    }));
    return { problems };
  }
  // More aliases than this is a file made to exhaust memory.
  const data = withOverrides(document.toJS({ maxAliasCount: 100 }) ?? {}, source.overrides ?? []);
  const result = schema.safeParse(data, { error: whatIsRight });
  if (result.success) return { value: result.data };

  const problems = result.error.issues.flatMap((issue) => {
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path): ConfigProblem => {
      const override = source.overrides?.find((one) => startsWith(path, one.path));
      const place = override
        ? { file: override.from, line: null, column: null }
        : placed(offsetOf(document.contents, path, issue.code === 'unrecognized_keys'));
      const wrong =
        issue.code === 'unrecognized_keys'
          ? 'is not a setting'
          : whatIsWrong(valueAt(data, path), source.isSecret?.(path) ?? false);
      return { ...place, path: formatPath(path), wrong, right: issue.message };
    });
  });
  return { problems };
}

/** Where the value, or else the deepest block around it, begins. A key's own place for values that are blocks. */
function offsetOf(root: unknown, path: readonly PropertyKey[], ofKey: boolean): number {
  let node: unknown = root;
  let offset = (root as Node | null)?.range?.[0] ?? 0;
  for (const [at, part] of path.entries()) {
    const last = at === path.length - 1;
    const found = isMap(node)
      ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(part))
      : childAt(node, part);
    if (found === undefined) return offset;
    const key = isPair(found) ? (found.key as Node) : (found as Node);
    node = isPair(found) ? found.value : found;
    offset = (last && isScalar(node) && !ofKey ? node.range : key.range)?.[0] ?? offset;
  }
  return offset;
}

function childAt(node: unknown, part: PropertyKey): unknown {
  const items = (node as { readonly items?: readonly unknown[] } | null)?.items;
  return typeof part === 'number' ? items?.[part] : undefined;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (isBlock(value) && Object.hasOwn(value, part) ? value[part] : undefined),
    data,
  );
}

function withOverrides(data: unknown, overrides: readonly Override[]): unknown {
  for (const { path, value } of overrides) {
    let block: unknown = data;
    for (const part of path.slice(0, -1)) {
      if (isBlock(block) && (block[part] === undefined || block[part] === null)) block[part] = {};
      block = isBlock(block) ? block[part] : undefined;
    }
    // A block that is not one is the schema's to report.
    const last = path.at(-1);
    if (isBlock(block) && last !== undefined) block[last] = value;
  }
  return data;
}

function isBlock(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}

function startsWith(path: readonly PropertyKey[], start: readonly string[]): boolean {
  return start.every((part, at) => path[at] === part);
}

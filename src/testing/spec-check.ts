import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** How far a rule is proven: `tested` must have its id in a test's name, `untested` need not have it yet. */
export type RuleProof = 'tested' | 'untested';

export interface Rule {
  readonly id: string;
  /** Files that enforce it, as the specification names them. */
  readonly enforcedIn: readonly string[];
  readonly proof: string;
  /** Where it is stated: the specification's name and the 1-based line, `SPEC.md:12`. */
  readonly at: string;
}

export interface Quote {
  readonly id: string;
  readonly file: string;
}

const ID = /\b[A-Z]{2}\d+\b/;
const QUOTED = /\[([A-Z]{2}\d+)\]/g;

/** Rules of a specification, `specification` being its name in messages: table rows `| id | rule | reason | enforced in | test |`. Other tables have no id in their first column. */
export function readRules(markdown: string, specification: string): readonly Rule[] {
  return markdown.split('\n').flatMap((text, index) => {
    if (!text.startsWith('|')) return [];
    const cells = text.split('|').slice(1, -1);
    const id = cells[0]?.trim() ?? '';
    if (!new RegExp(`^${ID.source}$`).test(id)) return [];
    const at = `${specification}:${index + 1}`;
    if (cells.length !== 5)
      throw new Error(`${at}: rule ${id} has ${cells.length} columns; it must have five`);
    const enforcedIn = [...(cells[3] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] as string);
    return [{ id, enforcedIn, proof: (cells[4] ?? '').trim(), at }];
  });
}

/** Rule ids in the names of a file's tests; skipped tests prove nothing. */
export function quotedByTests(file: string, source: string): readonly Quote[] {
  const quotes: Quote[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTest(node.expression)) {
      const [name] = node.arguments;
      const written = name === undefined ? '' : literalText(name);
      quotes.push(...[...written.matchAll(QUOTED)].map((match) => ({ id: match[1] as string, file })));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest));
  return quotes;
}

/** Rule ids that sources quote, in comments or as the `rule` of a journal line. */
export function quotedBySources(file: string, source: string): readonly Quote[] {
  // Two digits at most: RS256 and its like are names of algorithms.
  const journalled = source.matchAll(/'([A-Z]{2}\d{1,2})'/g);
  return [...source.matchAll(QUOTED), ...journalled].map((match) => ({ id: match[1] as string, file }));
}

/** What does not fit together; nothing if all is well. Rules whose proof is in `required` must be quoted by a test. */
export function specProblems(given: {
  readonly rules: readonly Rule[];
  readonly inTests: readonly Quote[];
  readonly inSources: readonly Quote[];
  readonly files: ReadonlySet<string>;
  readonly required: readonly RuleProof[];
}): readonly string[] {
  const ids = given.rules.map((rule) => rule.id);
  const tested = new Set(given.inTests.map((quote) => quote.id));
  const families = new Set(ids.map((id) => id.slice(0, 2)));
  return [
    ...given.rules.flatMap((rule) => problemsOfRule(rule, given, tested)),
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} is defined twice`),
    ...given.inTests
      .filter((quote) => !ids.includes(quote.id))
      .map((quote) => `${quote.file} has a test for ${quote.id}, which is no rule`),
    // Other two-letter codes are no rules; a code of a known family that is not defined is a slip.
    ...given.inSources
      .filter((quote) => families.has(quote.id.slice(0, 2)) && !ids.includes(quote.id))
      .map((quote) => `${quote.file} quotes ${quote.id}, which is no rule`),
  ];
}

/** Files below the folders, as paths relative to `root` with forward slashes, and their texts when they can hold a rule's id. */
export function readSources(root: string, folders: readonly string[]): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const folder of folders)
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const path = `${folder}/${name.replaceAll('\\', '/')}`;
      if (!path.endsWith('.ts') || path.includes('node_modules/')) continue;
      sources.set(path, readFileSync(join(root, path), 'utf8'));
    }
  return sources;
}

function problemsOfRule(
  rule: Rule,
  given: { readonly files: ReadonlySet<string>; readonly required: readonly RuleProof[] },
  tested: ReadonlySet<string>,
): readonly string[] {
  const known = rule.proof === 'tested' || rule.proof === 'untested';
  if (!known) return [`${rule.at}: ${rule.id} is neither tested nor untested but "${rule.proof}"`];
  const missing = rule.enforcedIn.filter((file) => !given.files.has(file));
  return [
    ...(rule.enforcedIn.length === 0 ? [`${rule.at}: ${rule.id} names no file that enforces it`] : []),
    ...missing.map((file) => `${rule.at}: ${rule.id} names ${file}, which does not exist`),
    ...(given.required.some((proof) => proof === rule.proof) && !tested.has(rule.id)
      ? [`${rule.at}: no test is named [${rule.id}]`]
      : []),
  ];
}

/** `it`, `test`, `describe`, also with `.each(…)` and the like. */
function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return ['it', 'test', 'describe'].includes(callee.text);
  if (ts.isPropertyAccessExpression(callee))
    return !['skip', 'todo'].includes(callee.name.text) && isTest(callee.expression);
  return ts.isCallExpression(callee) && isTest(callee.expression);
}

function literalText(node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map((span) => span.literal.text).join(' ');
  return '';
}

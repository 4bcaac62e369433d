import * as fc from 'fast-check';

/** A note of the model, in the plainest form. */
export interface ModelNote {
  readonly form: number;
  readonly texts: readonly number[];
  readonly numbers: readonly number[];
  /** Hundredths of a second behind {@link MODEL_START}; null = the item is absent. */
  readonly tick: number | null;
  readonly words: readonly string[];
  readonly inFolder: boolean;
  /** Saved after views and full-text index were built. */
  readonly late: boolean;
}

export const MODEL_START = Date.parse('2024-05-06T07:08:09.000Z');

/** Texts that DQL takes for one another have one rank; ranks are their order. */
export const TEXTS: readonly { readonly text: string; readonly rank: number }[] = [
  { text: '', rank: 0 },
  { text: 'Đức', rank: 1 },
  { text: 'DUC', rank: 1 },
  { text: 'dục', rank: 1 },
  { text: "it's", rank: 2 },
  { text: 'x  y', rank: 3 },
];

export type Model =
  | { readonly kind: 'leaf'; readonly text: string; readonly holds: (note: ModelNote) => boolean }
  | {
      readonly kind: 'group';
      readonly by: 'and' | 'or';
      readonly parts: readonly { readonly not: boolean; readonly model: Model }[];
    };

const OPERATORS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};

const operator = fc.constantFrom(...Object.keys(OPERATORS));
const small = fc.integer({ min: 0, max: 3 });
const text = fc.constantFrom(...TEXTS);

function compares(operator: string, a: number, b: number): boolean {
  return OPERATORS[operator]?.(a, b) ?? false;
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function instant(tick: number): string {
  return `@dt('${new Date(MODEL_START + tick * 10).toISOString().slice(0, 22)}Z')`;
}

function leaf(source: string, holds: (note: ModelNote) => boolean): Model {
  return { kind: 'leaf', text: source, holds };
}

const textsOf = ({ texts }: ModelNote): readonly number[] => texts.map((at) => TEXTS[at]?.rank ?? -1);

interface Search {
  readonly text: string;
  readonly finds: (note: ModelNote) => boolean;
}

const searchWords: fc.Arbitrary<Search> = fc.oneof(
  fc
    .tuple(fc.constantFrom('one', 'two', 'three'), fc.constantFrom('', '[W] contains ', 'FIELD w CONTAINS '))
    .map(
      ([word, field]): Search => ({
        text: `${field}${word}`,
        finds: ({ words }) => words.includes(word),
      }),
    ),
  fc.constant<Search>({
    text: '"one and two"',
    finds: ({ words }) => words.includes('one') && words.includes('two'),
  }),
  fc.tuple(operator, small).map(
    ([by, n]): Search => ({
      text: `[N] ${by} ${n}`,
      finds: ({ numbers }) => numbers.some((one) => compares(by, one, n)),
    }),
  ),
);

/** Notes' full-text language: NOT binds before AND, AND before OR. */
const searches: fc.Arbitrary<Model> = fc
  .array(fc.array(fc.record({ not: fc.boolean(), search: searchWords }), { minLength: 1, maxLength: 2 }), {
    minLength: 1,
    maxLength: 2,
  })
  .map((alternatives) =>
    leaf(
      `@FTSearch(${quoted(
        alternatives
          .map((parts) => parts.map(({ not, search }) => `${not ? 'NOT ' : ''}${search.text}`).join(' AND '))
          .join(' or '),
      )})`,
      (note) =>
        !note.late &&
        alternatives.some((parts) => parts.every(({ not, search }) => search.finds(note) !== not)),
    ),
  );

// `N` is answered by the view's index, which does not know what came late.
const leaves: fc.Arbitrary<Model> = fc.oneof(
  fc
    .tuple(operator, small)
    .map(([by, n]) =>
      leaf(`N ${by} ${n}`, (note) => !note.late && note.numbers.some((one) => compares(by, one, n))),
    ),
  fc
    .tuple(operator, text)
    .map(([by, { text: value, rank }]) =>
      leaf(`t ${by} ${quoted(value)}`, (note) => textsOf(note).some((one) => compares(by, one, rank))),
    ),
  fc.tuple(fc.array(text, { minLength: 1, maxLength: 3 }), fc.boolean()).map(([values, all]) =>
    leaf(`T in ${all ? 'all ' : ''}(${values.map((one) => quoted(one.text)).join(', ')})`, (note) => {
      const has = ({ rank }: { rank: number }): boolean => textsOf(note).includes(rank);
      return all ? values.every(has) : values.some(has);
    }),
  ),
  fc
    .tuple(operator, small)
    .map(([by, n]) =>
      leaf(`D ${by} ${instant(n)}`, (note) => note.tick !== null && compares(by, note.tick, n)),
    ),
  fc.constantFrom('T = 1', "N = '1'", "D = 'x'", 'Absent >= 0').map((source) => leaf(source, () => false)),
  // The column holds every value and is stale for what came late.
  fc
    .tuple(operator, small)
    .map(([by, n]) =>
      leaf(
        `'Everything'.n ${by} ${n}`,
        (note) => !note.late && note.numbers.some((one) => compares(by, one, n)),
      ),
    ),
  fc.tuple(operator, text).map(([by, { text: value, rank }]) =>
    leaf(`'everything'.first ${by} ${quoted(value)}`, (note) => {
      const [first] = textsOf(note);
      return !note.late && first !== undefined && compares(by, first, rank);
    }),
  ),
  fc
    .tuple(fc.subarray(['Everything', 'Ones', 'Folder'], { minLength: 1 }), fc.boolean())
    .map(([views, all]) =>
      leaf(`in ${all ? 'all ' : ''}(${views.map(quoted).join(', ')})`, (note) => {
        const has = (view: string): boolean =>
          view === 'Folder' ? note.inFolder : !note.late && (view === 'Everything' || note.form === 1);
        return all ? views.every(has) : views.some(has);
      }),
    ),
  fc
    .tuple(fc.subarray(['one', 'two', 'three'], { minLength: 1 }), fc.boolean(), fc.boolean())
    .map(([words, all, named]) =>
      leaf(`${named ? 'W ' : ''}contains ${all ? 'all ' : ''}(${words.map(quoted).join(', ')})`, (note) => {
        const has = (word: string): boolean => note.words.includes(word);
        return !note.late && (all ? words.every(has) : words.some(has));
      }),
    ),
  // A formula scans documents, also late ones; one that fails on a note, here on an empty list, finds nothing.
  fc
    .tuple(operator, small)
    .map(([by, n]) =>
      leaf(`@formula('N ${by} ${n}')`, (note) => note.numbers.some((one) => compares(by, one, n))),
    ),
  fc.tuple(operator, small).map(([by, n]) =>
    leaf(`@fl('@Sum(N) * 2 + 1') ${by} ${n}`, ({ numbers }) => {
      const sum = numbers.reduce((a, b) => a + b, 0);
      return numbers.length > 0 && compares(by, sum * 2 + 1, n);
    }),
  ),
  fc.tuple(operator, small).map(([by, n]) =>
    leaf(`@Formula('@Elements(T)') ${by} ${n}`, ({ texts }) => {
      const onlyEmpty = texts.length === 1 && TEXTS[texts[0] ?? -1]?.text === '';
      return compares(by, onlyEmpty ? 0 : texts.length, n);
    }),
  ),
  fc
    .tuple(operator, small)
    .map(([by, n]) =>
      leaf(`@fl('D') ${by} ${instant(n)}`, ({ tick }) => tick !== null && compares(by, tick, n)),
    ),
  fc
    .subarray([0, 1, 2], { minLength: 1 })
    .map((forms) =>
      leaf(`@fl('@UpperCase(Form)') in (${forms.map((form) => quoted(`f${form}`)).join(', ')})`, ({ form }) =>
        forms.includes(form),
      ),
    ),
  searches,
  fc.integer({ min: 0, max: 2 }).map((form) => leaf(`Form = 'F${form}'`, (note) => note.form === form)),
  fc.constant(leaf('@All', () => true)),
);

/** Any query of the grammar, by its tree. */
export const models: fc.Arbitrary<Model> = fc.letrec<{ model: Model }>((tie) => ({
  model: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaves,
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(fc.record({ not: fc.boolean(), model: tie('model') }), { minLength: 2, maxLength: 3 }),
      )
      .map(
        ([by, parts]): Model => ({
          kind: 'group',
          by,
          // There is no unary not.
          parts: parts.map((part, at) => (at === 0 ? { ...part, not: false } : part)),
        }),
      ),
  ),
})).model;

export const modelNotes: fc.Arbitrary<ModelNote> = fc.record({
  form: fc.integer({ min: 0, max: 2 }),
  texts: fc.array(fc.integer({ min: 0, max: TEXTS.length - 1 }), { maxLength: 2 }),
  numbers: fc.array(small, { maxLength: 2 }),
  tick: fc.option(small),
  words: fc.subarray(['one', 'two', 'three']),
  inFolder: fc.boolean(),
  late: fc.boolean(),
});

export function holds(model: Model, note: ModelNote): boolean {
  if (model.kind === 'leaf') return model.holds(note);
  const results = model.parts.map(({ not, model: part }) => holds(part, note) !== not);
  return model.by === 'and' ? results.every(Boolean) : results.some(Boolean);
}

/** The query with no more parentheses than the precedence of the grammar asks for. */
export function write(model: Model): string {
  if (model.kind === 'leaf') return model.text;
  return model.parts
    .map(({ not, model: part }, at) => {
      const loose = part.kind === 'group' && (model.by === 'and' || part.by === 'or' || not);
      const source = loose ? `(${write(part)})` : write(part);
      return at === 0 ? source : ` ${model.by}${not ? ' not' : ''} ${source}`;
    })
    .join('');
}

import * as z from 'zod';
import { HARSH_DQL, DQL_SWITCHES } from '../dql/switches.ts';
import { ENGINE_SWITCHES, HARSH_ENGINE } from '../engine/engine-quirks.ts';
import { HARSH_QUIRKS, PROTON_SWITCHES } from '../proton/quirks.ts';
import { HARSH_REST_QUIRKS, REST_SWITCHES } from '../rest/rest-quirks.ts';
import { DQL_TEXTS } from './dql-texts.ts';
import { ENGINE_TEXTS } from './engine-texts.ts';
import { PROTON_TEXTS } from './proton-texts.ts';
import { REST_TEXTS } from './rest-texts.ts';
import type { SwitchValue } from './switch-board.ts';
import type { SwitchText } from './switch-text.ts';

export interface SwitchEntry extends SwitchText {
  readonly name: string;
  readonly part: 'engine' | 'dql' | 'proton' | 'rest';
  /** The harsher value. */
  readonly default: SwitchValue;
  /** The default first. */
  readonly values: readonly string[];
  readonly schema: z.ZodType;
}

/** Every switch of the embedded Domino, with what it is about. */
export const SWITCHES: readonly SwitchEntry[] = [
  ...entriesOf('engine', ENGINE_TEXTS, ENGINE_SWITCHES, HARSH_ENGINE),
  ...entriesOf('dql', DQL_TEXTS, DQL_SWITCHES, HARSH_DQL),
  ...entriesOf('proton', PROTON_TEXTS, PROTON_SWITCHES, HARSH_QUIRKS),
  ...entriesOf('rest', REST_TEXTS, REST_SWITCHES, HARSH_REST_QUIRKS),
];

function entriesOf<Name extends string>(
  part: SwitchEntry['part'],
  texts: Readonly<Record<Name, SwitchText>>,
  schemas: Readonly<Record<Name, z.ZodType>>,
  defaults: Readonly<Record<Name, SwitchValue>>,
): SwitchEntry[] {
  return (Object.keys(texts) as Name[]).map((name) => {
    const first = String(defaults[name]);
    const others = valuesOf(schemas[name]).filter((value) => value !== first);
    const { question, source } = texts[name];
    return {
      name,
      part,
      question,
      source,
      default: defaults[name],
      values: [first, ...others],
      schema: schemas[name],
    };
  });
}

function valuesOf(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(String);
  return ['any whole number from 1'];
}

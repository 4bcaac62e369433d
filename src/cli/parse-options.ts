import { InvalidArgumentError } from 'commander';
import { UNID_PATTERN } from '../sync/note.ts';

/** Parsers for commander; what they throw becomes a usage error that names the option. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('A whole number is expected.');
  return value;
}

export function parsePositiveCount(text: string): number {
  const value = parseCount(text);
  if (value === 0) throw new InvalidArgumentError('A number greater than 0 is expected.');
  return value;
}

/** May be negative. */
export function parseWhole(text: string): number {
  return text.startsWith('-') ? -parseCount(text.slice(1)) : parseCount(text);
}

/** From 0, with decimals. */
export function parseAmount(text: string): number {
  const value = Number(text);
  if (!/^\d+(?:\.\d+)?$/.test(text) || !Number.isFinite(value))
    throw new InvalidArgumentError('A number from 0 is expected.');
  return value;
}

export function parseProbability(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('A number from 0 to 1 is expected.');
  return value;
}

export function parseUnid(text: string): string {
  const unid = text.toUpperCase();
  if (!UNID_PATTERN.test(unid)) throw new InvalidArgumentError('A UNID is 32 hexadecimal digits.');
  return unid;
}

/** For `<UNID...>`. */
export function collectUnids(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), parseUnid(text)];
}

export function parseReason(text: string): string {
  const reason = text.trim();
  if (reason === '') throw new InvalidArgumentError('Say why: the reason is kept in the journal.');
  return reason;
}

/** A date or a time with its zone; milliseconds since 1970 UTC. */
export function parseInstant(text: string): number {
  const instant = /^\d{4}-\d{2}-\d{2}(?:T.*(?:Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(instant))
    throw new InvalidArgumentError('A date such as 2026-01-31, or a time with its zone, is expected.');
  return instant;
}

export function parseDatabase(text: string): string {
  if (!/\.nsf$/i.test(text)) throw new InvalidArgumentError('The name of a Notes database ends with .nsf.');
  return text;
}

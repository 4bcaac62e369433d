import { z } from 'zod';
import type { Link } from '../passes/pass-deps.ts';
import type { Bridge } from './bridge.ts';
import { OperationError } from './operation.ts';

export const linkArgs = z.strictObject({ link: z.string().optional() });

/** The links an operation is about: the one named, or all. Throws `not-found` with the names that exist. */
export function chooseLinks(bridge: Pick<Bridge, 'links'>, name: string | undefined): readonly Link[] {
  if (name === undefined) return bridge.links;
  return [linkNamed(bridge, name)];
}

export function linkNamed(bridge: Pick<Bridge, 'links'>, name: string): Link {
  const link = bridge.links.find((candidate) => candidate.id === name);
  if (!link)
    throw new OperationError(
      'not-found',
      `No link "${name}": the links are ${bridge.links.map((candidate) => candidate.id).join(', ')}`,
    );
  return link;
}

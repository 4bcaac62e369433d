import type { FastifyRequest } from 'fastify';
import type { Account, InsideRole, OutsideRole } from '../../connectors/accounts/port.ts';
import type { Admitted } from './access.ts';

type Guarded = Pick<FastifyRequest, 'caller'>;

/** The caller of a guarded route. */
export function anyCaller({ caller }: Guarded): Admitted {
  if (caller === null) throw new Error('The route is not guarded.');
  return caller;
}

export function insideAccount(request: Guarded): Account<InsideRole> {
  const caller = anyCaller(request);
  if (caller.zone !== 'inside') throw new Error('The route is not guarded for the inside zone.');
  return caller.account;
}

export function outsideAccount(request: Guarded): Account<OutsideRole> {
  const caller = anyCaller(request);
  if (caller.zone !== 'outside') throw new Error('The route is not guarded for the outside zone.');
  return caller.account;
}

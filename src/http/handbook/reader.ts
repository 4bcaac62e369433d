import type { FastifyRequest } from 'fastify';
import type { Rights, Viewer } from '../../../connectors/handbook/readers-port.ts';
import { dayInVietnam } from '../../passes/day-in-vietnam.ts';
import type { AppDeps } from '../app-deps.ts';
import { outsideAccount } from '../caller.ts';
import { ProblemError } from '../problem.ts';

/** Header with which a service acts for the member whose key it names: it then sees and does what that member may. */
export const ACTING_FOR = 'x-acting-for';

type Deps = Pick<AppDeps, 'readers' | 'clock'>;
type Asked = Pick<FastifyRequest, 'caller' | 'headers'>;

/** What the caller of a handbook route may see today. Fails with problem `inactive` or, for a bad `x-acting-for`, `forbidden`. */
export async function rightsOf(request: Asked, { readers, clock }: Deps): Promise<Rights> {
  const rights = await readers.rights(viewerOf(request), dayInVietnam(clock.now()));
  if (rights === null) throw new ProblemError('inactive');
  return rights;
}

function viewerOf(request: Asked): Viewer {
  const { id, role, memberKey, organisationCode } = outsideAccount(request);
  const account = { accountId: id, role, memberKey, organisationCode };
  const named = request.headers[ACTING_FOR];
  if (named === undefined) return account;
  const key = typeof named === 'string' ? decoded(named) : null;
  if (role !== 'app' || key === null) throw new ProblemError('forbidden');
  return { ...account, role: 'member', memberKey: key };
}

/** Header values are ASCII: other letters come percent-encoded. */
function decoded(value: string): string | null {
  try {
    const key = decodeURIComponent(value).normalize('NFC');
    return key !== '' && key.length <= 200 && key.isWellFormed() && !key.includes('\u0000') ? key : null;
  } catch {
    return null;
  }
}

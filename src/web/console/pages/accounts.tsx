import { useEffect, useState } from 'preact/hooks';
import type { ListedAccounts } from '../../../operations/accounts.ts';
import { me, run } from '../api.ts';
import { AccountActions } from '../parts/account-actions.tsx';
import { Failure } from '../parts/load.tsx';
import { NewAccount } from '../parts/new-account.tsx';
import { Panel, Title } from '../parts/title.tsx';
import { say, t } from '../words.ts';

type Zone = 'inside' | 'outside';

export function Accounts() {
  const [made, setMade] = useState(0);
  return (
    <>
      <Title text={t().accounts} sub={t().accountsHelp} />
      <p class="notice">{me.value?.fourEyes ? t().fourEyesOn : t().fourEyesOff}</p>
      <List key={`inside ${made}`} zone="inside" />
      {me.value?.role === 'operator' && <NewAccount onDone={() => setMade(made + 1)} />}
      <List zone="outside" />
    </>
  );
}

function List({ zone }: { readonly zone: Zone }) {
  const [accounts, setAccounts] = useState<ListedAccounts['accounts']>([]);
  const [next, setNext] = useState<string | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const load = async (after: string | null) => {
    try {
      const page = await run<ListedAccounts>('accounts-list', { zone, ...(after !== null && { after }) });
      setAccounts((before) => (after === null ? page.accounts : [...before, ...page.accounts]));
      setNext(page.next);
    } catch (error) {
      setFailure(error as Error);
    }
  };
  useEffect(() => void load(null), [zone]);
  const operator = me.value?.role === 'operator';
  return (
    <Panel title={`${t().zone}: ${zone === 'inside' ? t().inside : t().outside}`}>
      {failure && <Failure error={failure} />}
      {accounts.length === 0 && failure === null ? (
        <p class="void">{t().noAccounts}</p>
      ) : (
        <div class="scroll">
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">{t().name}</th>
                <th scope="col">{t().role}</th>
                <th scope="col">{t().about}</th>
                {operator && <th scope="col">{t().actions}</th>}
              </tr>
            </thead>
            <tbody>
              {accounts.map((one) => (
                <tr key={one.name}>
                  <th scope="row">{one.name}</th>
                  <td data-label={t().role}>{say('role', one.role)}</td>
                  <td data-label={t().about} class="mono">
                    {[one.memberKey, one.organisationCode].filter((key) => key !== null).join(' · ') ||
                      t().unknown}
                  </td>
                  {operator && (
                    <td>
                      <AccountActions zone={zone} name={one.name} />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {next !== null && (
        <div class="body">
          <button type="button" class="button" onClick={() => void load(next)}>
            {t().loadMore}
          </button>
        </div>
      )}
    </Panel>
  );
}

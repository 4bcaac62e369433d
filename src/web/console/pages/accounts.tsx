import { me } from '../api.ts';
import { NewAccount } from '../parts/new-account.tsx';
import { Title } from '../parts/title.tsx';
import { t } from '../words.ts';

export function Accounts() {
  return (
    <>
      <Title text={t().accounts} sub={t().accountsHelp} />
      <p class="notice">{me.value?.fourEyes ? t().fourEyesOn : t().fourEyesOff}</p>
      {me.value?.role === 'operator' && <NewAccount onDone={() => undefined} />}
    </>
  );
}

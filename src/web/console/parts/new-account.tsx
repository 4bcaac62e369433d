import { useState } from 'preact/hooks';
import type { MadeAccount } from '../../../operations/accounts.ts';
import { fill, say, t } from '../words.ts';
import { OperationState, useOperation } from './operation.tsx';
import { Panel } from './title.tsx';

const ROLES = ['operator', 'releaser', 'auditor'] as const;

export function NewAccount({ onDone }: { readonly onDone: () => void }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<string>('auditor');
  const create = useOperation<MadeAccount>('account-create', onDone);
  return (
    <Panel title={t().create}>
      <form
        class="body"
        onSubmit={(event) => {
          event.preventDefault();
          void create.start({ role, name });
        }}
      >
        <div class="filters">
          <label class="field">
            {t().name}
            <input
              value={name}
              required
              maxLength={64}
              autocomplete="off"
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </label>
          <label class="field">
            {t().role}
            <select value={role} onChange={(event) => setRole(event.currentTarget.value)}>
              {ROLES.map((one) => (
                <option value={one} key={one}>
                  {say('role', one)}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="button main" disabled={create.running || name === ''}>
            {t().create}
          </button>
        </div>
        <OperationState of={create}>
          {(made) => (
            <p>
              {fill(t().passwordOnce, { name: made.name })} <code class="strong">{made.password}</code>
            </p>
          )}
        </OperationState>
      </form>
    </Panel>
  );
}

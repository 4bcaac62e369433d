import { useState } from 'preact/hooks';
import type { MadeAccount } from '../../../operations/accounts.ts';
import { fill, t } from '../words.ts';
import { Dialog } from './dialog.tsx';
import { OperationState, useOperation } from './operation.tsx';

/** A new password ends every session of the account, so it is asked for twice. */
export function AccountActions(props: { readonly zone: 'inside' | 'outside'; readonly name: string }) {
  const [open, setOpen] = useState(false);
  const password = useOperation<Pick<MadeAccount, 'name' | 'password'>>('account-password');
  return (
    <>
      <button
        type="button"
        class="button small"
        aria-label={`${t().newPassword} ${props.name}`}
        onClick={() => setOpen(true)}
      >
        {t().newPassword}
      </button>
      {open && (
        <Dialog title={`${t().newPassword} ${props.name}`} onClose={() => setOpen(false)}>
          <p>{t().newPasswordHelp}</p>
          <OperationState of={password}>
            {(made) => (
              <p>
                {fill(t().passwordOnce, { name: made.name })} <code class="strong">{made.password}</code>
              </p>
            )}
          </OperationState>
          <div class="end">
            <button type="button" class="button" onClick={() => setOpen(false)}>
              {password.result === null ? t().cancel : t().close}
            </button>
            {password.result === null && (
              <button
                type="button"
                class="button danger main"
                disabled={password.running}
                onClick={() => void password.start({ zone: props.zone, name: props.name })}
              >
                {t().newPassword}
              </button>
            )}
          </div>
        </Dialog>
      )}
    </>
  );
}

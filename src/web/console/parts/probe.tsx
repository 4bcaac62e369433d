import { t } from '../words.ts';
import { OperationState, useOperation } from './operation.tsx';
import { Panel } from './title.tsx';

export function ProbePanel({ linkId }: { readonly linkId: string }) {
  const probe = useOperation<Readonly<Record<string, unknown>>>('domino-probe');
  return (
    <Panel title={t().probe}>
      <div class="body">
        <p class="quiet">{t().probeHelp}</p>
        <div>
          <button
            type="button"
            class="button"
            disabled={probe.running}
            onClick={() => void probe.start({ link: linkId })}
          >
            {t().probe}
          </button>
        </div>
        <OperationState of={probe}>
          {(found) => (
            <dl class="facts">
              {Object.entries(found).map(([name, answer]) => (
                <>
                  <dt class="mono">{name}</dt>
                  <dd class="mono">{typeof answer === 'string' ? answer : JSON.stringify(answer)}</dd>
                </>
              ))}
            </dl>
          )}
        </OperationState>
      </div>
    </Panel>
  );
}

import type { DocumentField, DocumentView } from '../../../operations/document-view.ts';
import { value, when } from '../format.ts';
import { Badge, StatusBadge } from '../parts/badge.tsx';
import { ConflictCard } from '../parts/conflict-card.tsx';
import { DocumentActions } from '../parts/document-actions.tsx';
import { Show, useLoad } from '../parts/load.tsx';
import { Panel, Title } from '../parts/title.tsx';
import { href } from '../router.ts';
import { fill, say, t, titleOf } from '../words.ts';

export function DocumentPage({ pairId }: { readonly pairId: string }) {
  const document = useLoad<DocumentView>(`/documents/${encodeURIComponent(pairId)}`);
  return (
    <Show of={document}>
      {(seen) => (
        <>
          <Title text={`${titleOf(seen.title)} ${seen.key ?? ''}`} sub={<Identity seen={seen} />}>
            <StatusBadge status={seen.status} />
          </Title>
          <Why seen={seen} />
          <DocumentActions seen={seen} onDone={document.reload} />
          {seen.conflicts
            .filter((conflict) => conflict.state === 'open')
            .map((conflict) => (
              <ConflictCard key={conflict.id} conflict={conflict} onDone={document.reload} />
            ))}
          <Fields seen={seen} />
          <Life seen={seen} />
        </>
      )}
    </Show>
  );
}

function Identity({ seen }: { readonly seen: DocumentView }) {
  return (
    <span class="row small">
      <a href={href(`/links/${seen.linkId}`)}>{seen.linkId}</a>
      <span>
        UNID <span class="mono">{seen.unid ?? t().unknown}</span>
      </span>
      <span>
        {t().record} <span class="mono">{seen.recordId}</span>
        {seen.record &&
          `, ${say('record', seen.record.state)}, ${fill(t().version, { version: seen.record.version })}`}
      </span>
      <span>
        {t().bornIn}: {say('side', seen.bornIn)}
      </span>
    </span>
  );
}

function Why({ seen }: { readonly seen: DocumentView }) {
  const reason = say('reason', seen.reason ?? seen.notesSight);
  const lines: string[] = [];
  if (seen.status === 'withheld') lines.push(fill(t().whyWithheld, { reason }));
  if (seen.status === 'withdrawn') lines.push(fill(t().whyWithdrawn, { reason }));
  if (seen.status === 'missing') lines.push(t().whyMissing);
  if (seen.status === 'detached') lines.push(fill(t().whyDetached, { reason }));
  if (seen.status === 'tombstone') lines.push(fill(t().whyTombstone, { reason }));
  if (seen.quarantine)
    lines.push(
      `${fill(t().whyQuarantine, { reason: say('quarantine', seen.quarantine.code) })} (${seen.quarantine.detail}) ${step(seen.quarantine.code)}`,
    );
  else if (seen.blocked !== null) lines.push(fill(t().whyBlocked, { reason: say('blocked', seen.blocked) }));
  else if (seen.pending && seen.status !== 'tombstone') lines.push(t().whyPending);
  if (lines.length === 0) return null;
  return (
    <div class={`notice ${seen.quarantine ? 'bad' : 'warn'}`} role="note" aria-label={t().why}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

function step(code: string): string {
  const own = say('quarantineStep', code);
  return own === code ? say('quarantineStep', 'other') : own;
}

function Fields({ seen }: { readonly seen: DocumentView }) {
  const shown = seen.fields.some((field) => field.base !== undefined || field.handbook !== undefined);
  return (
    <Panel title={t().fields} aside={<span class="small quiet">{say('live', seen.live)}</span>}>
      {!shown && (
        <p class="void">
          {fill(t().hidden, {
            why: say('live', seen.live === 'read' ? 'withheld' : seen.live),
          })}
        </p>
      )}
      {shown && (
        <div class="scroll">
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">{t().field}</th>
                <th scope="col" title={t().baseHelp}>
                  {t().base}
                </th>
                <th scope="col">{t().notes}</th>
                <th scope="col">{t().handbook}</th>
                <th scope="col">{t().origin}</th>
              </tr>
            </thead>
            <tbody>
              {seen.fields.map((field) => (
                <FieldRow key={field.field} field={field} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function FieldRow({ field }: { readonly field: DocumentField }) {
  const differs = (side: DocumentField['notes']) =>
    side !== undefined && field.base !== undefined && value(side) !== value(field.base);
  return (
    <tr>
      <th scope="row">
        {field.field}{' '}
        {field.conflictId && (
          <Badge tone="warn" icon="conflict">
            {t().conflicts}
          </Badge>
        )}
        <div class="small quiet">
          <span class="mono">{field.item}</span> · {say('direction', field.direction)}
        </div>
      </th>
      <td data-label={t().base}>{value(field.base)}</td>
      <td data-label={t().notes} class={differs(field.notes) ? 'differs' : ''}>
        {value(field.notes)}
      </td>
      <td data-label={t().handbook} class={differs(field.handbook) ? 'differs' : ''}>
        {value(field.handbook)}
      </td>
      <td data-label={t().origin} class="small">
        {field.origin === null ? (
          t().unknown
        ) : (
          <>
            {field.origin.side === 'notes' ? t().fromNotes : t().fromHandbook}
            <div class="quiet nowrap">{when(field.origin.at)}</div>
          </>
        )}
      </td>
    </tr>
  );
}

function Life({ seen }: { readonly seen: DocumentView }) {
  return (
    <Panel title={t().events} aside={<a href={href('/journal', { about: seen.pairId })}>{t().journal}</a>}>
      {seen.events.length === 0 ? (
        <p class="void">{t().noEvents}</p>
      ) : (
        <div class="body">
          <ol class="life">
            {seen.events.map((event) => (
              <li key={event.sequence}>
                <span class="quiet small nowrap">{when(event.at)}</span>
                <div>
                  <span class="strong">{say('event', event.event)}</span>{' '}
                  <span class="small quiet mono">{event.rule}</span>
                  {event.by !== null && <span> – {event.by}</span>}
                  {event.reason !== null && <div class="small">{say('reason', event.reason)}</div>}
                  {event.fields.length > 0 && <div class="small quiet mono">{event.fields.join(', ')}</div>}
                </div>
              </li>
            ))}
          </ol>
        </div>
      )}
    </Panel>
  );
}

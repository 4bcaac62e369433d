import type { Capabilities } from '../connectors/domino/port.ts';
import { MARKER_FORM } from '../src/sync/instance-marker.ts';
import { REPORT_FORM } from '../src/sync/report-form.ts';
import type { Mapping } from '../src/sync/mapping.ts';
import type { BridgeConfig, LinkConfig } from './bridge-schema.ts';
import { doubled } from './check-mapping.ts';
import type { Report } from './finding.ts';

export type LinkCapabilities = Pick<
  Capabilities,
  'conditionalWrite' | 'conditionalDelete' | 'richText' | 'attachments' | 'attachmentWrites'
>;

/** What a link is taken to have while nobody knows better. */
const UNKNOWN: LinkCapabilities = {
  conditionalWrite: false,
  conditionalDelete: false,
  richText: true,
  attachments: true,
  attachmentWrites: true,
};

/** Rules about links: their forms, their files, and what their way in cannot do. */
export function checkLinks(
  config: Pick<BridgeConfig, 'links' | 'embedded'>,
  mappings: readonly Mapping[],
  capabilitiesByLink: Readonly<Record<string, LinkCapabilities | undefined>>,
  report: Report,
): void {
  for (const link of doubled(
    config.links.map((one) => one.id),
    false,
  ))
    report('error', 'link-doubled', 'two links have this id; rename one', { link });
  checkForms(config.links, mappings, report);
  checkFiles(config.links, report);
  for (const link of config.links) {
    checkDatabase(link, config.embedded, report);
    checkInstances(link, report);
    for (const mapping of mappings.filter((one) => link.mappings.includes(one.form))) {
      checkCapabilities(link, mapping, capabilitiesByLink[link.id] ?? UNKNOWN, report);
    }
  }
}

function checkForms(links: readonly LinkConfig[], mappings: readonly Mapping[], report: Report): void {
  for (const link of links) {
    for (const form of link.mappings) {
      if (mappings.some((mapping) => mapping.form === form)) continue;
      const known = mappings.map((mapping) => mapping.form).join(', ');
      report(
        'error',
        'link-form-unknown',
        `no mapping file is for this form; known are ${known} (spelled exactly so)`,
        { link: link.id, form },
      );
    }
  }
  // An entity has one form and a record one note: a form that two links bring in would be paired twice.
  for (const form of doubled(
    links.flatMap((link) => link.mappings),
    true,
  )) {
    report('error', 'link-form-doubled', 'links name this form more than once; one link brings in one form', {
      form,
    });
  }
  for (const { form } of mappings) {
    if (!links.some((link) => link.mappings.includes(form)))
      report('warning', 'mapping-unused', 'no link names this form; its documents stay in Notes', { form });
  }
}

function checkFiles(links: readonly LinkConfig[], report: Report): void {
  const sets = new Map<string, LinkConfig>();
  for (const link of links) {
    const before = sets.get(fileOf(link));
    if (before && before.replicaSet !== link.replicaSet) {
      report(
        'error',
        'link-file-shared',
        `reads the same file as "${before.id}" but names another replica set; one of the two is wrong`,
        { link: link.id },
      );
    }
    sets.set(fileOf(link), link);
  }
}

function fileOf({ database }: LinkConfig): string {
  return `${serverOf(database)} ${database.filePath}`.toLowerCase();
}

function serverOf(database: LinkConfig['database']): string {
  switch (database.via) {
    case 'proton':
      return `${database.hostName}:${database.port}`;
    case 'rest':
      return new URL(database.baseUrl).host;
    case 'embedded-proton':
    case 'embedded-rest':
      return 'embedded';
  }
}

/** [IM8] What a link cannot notice, and what it cannot do, about its file being restored or down. */
function checkInstances(link: LinkConfig, report: Report): void {
  if (link.mode === 'observe' || link.mode === 'pull')
    report(
      'warning',
      'restore-undetected',
      'this link writes nothing to Notes, so it cannot mark its file: a file that was restored from a backup or replaced is not noticed. Tell the bridge before you restore it (bridge pause)',
      { link: link.id },
    );
  if (link.failoverAfter !== null && link.database.standby.length === 0)
    report(
      'error',
      'failover-alone',
      'failoverAfter needs a standby to go over to; name one, or leave it out',
      {
        link: link.id,
      },
    );
  if (link.mappings.includes(MARKER_FORM))
    report('error', 'form-reserved', `the form ${MARKER_FORM} is the bridge's own mark; map another form`, {
      link: link.id,
      form: MARKER_FORM,
    });
  if (link.mappings.includes(REPORT_FORM))
    report('error', 'form-reserved', `the form ${REPORT_FORM} is the bridge's own report; map another form`, {
      link: link.id,
      form: REPORT_FORM,
    });
}

function checkDatabase(link: LinkConfig, embedded: BridgeConfig['embedded'], report: Report): void {
  const { database } = link;
  if (database.via === 'proton') {
    if (!database.secure)
      report(
        'warning',
        'tls-off',
        'without TLS a Proton server lets only Anonymous in, and content travels in the clear; set secure: true',
        { link: link.id },
      );
    return;
  }
  if (database.via === 'rest') return checkRest(link, database, report);
  for (const { filePath } of [database, ...database.standby]) {
    const file = embedded?.databases.find((one) => one.filePath.toLowerCase() === filePath.toLowerCase());
    if (!file) {
      report(
        'error',
        'embedded-unknown',
        `the embedded Domino has no file ${filePath}; name it under embedded.databases`,
        { link: link.id },
      );
    } else if (file.replicaId !== link.replicaSet) {
      report(
        'error',
        'replica-differs',
        `${filePath} has the replica ID ${file.replicaId}, the link names ${link.replicaSet}`,
        { link: link.id },
      );
    }
  }
}

function checkRest(
  link: LinkConfig,
  database: Extract<LinkConfig['database'], { via: 'rest' }>,
  report: Report,
): void {
  for (const { baseUrl } of [database, ...database.standby])
    if (!baseUrl.startsWith('https:'))
      report('warning', 'tls-off', `${baseUrl} is asked without TLS; use https`, { link: link.id });
  if (database.acceptLoss.length > 0)
    report(
      'warning',
      'loss-accepted',
      `writes go on although they lose data: ${database.acceptLoss.join(', ')}`,
      { link: link.id },
    );
}

function checkCapabilities(
  link: LinkConfig,
  mapping: Mapping,
  capabilities: LinkCapabilities,
  report: Report,
): void {
  const writes = link.mode === 'propose' || link.mode === 'sync';
  if (writes && mapping.handbookDelete === 'hard' && !capabilities.conditionalDelete && !mapping.acceptRace) {
    report(
      'error',
      'lost-update',
      'this way in cannot delete conditionally: a save in Notes just before the deletion would be lost with its note. Use handbookDelete: soft, or acceptRace: true for the mapping',
      { link: link.id, form: mapping.form },
    );
  }
  for (const field of mapping.fields) {
    const at = { link: link.id, form: mapping.form, field: field.field };
    if (field.type === 'richText' && !capabilities.richText)
      report(
        'error',
        'no-rich-text',
        'this way in cannot read rich text; take the field out or use another way in',
        at,
      );
    if (field.type === 'attachments' && !capabilities.attachments)
      report(
        'error',
        'no-attachments',
        'this way in cannot read attachments; take the field out or use another way in',
        at,
      );
    if (
      field.type === 'attachments' &&
      writes &&
      field.direction !== 'pull' &&
      !capabilities.attachmentWrites
    )
      report(
        'error',
        'no-attachment-writes',
        'this way in cannot attach files to notes; use direction pull or another way in',
        at,
      );
    if (!writes || field.direction === 'pull' || field.writer === 'handbook' || capabilities.conditionalWrite)
      continue;
    if (mapping.acceptRace) {
      report(
        'warning',
        'race-accepted',
        `people edit ${field.item} in Notes while the bridge writes it: a save between its read and its write is lost, as acceptRace accepts`,
        at,
      );
    } else {
      report(
        'error',
        'lost-update',
        `people edit ${field.item} in Notes and this way in cannot write conditionally: a save between the bridge's read and its write would be lost. Use writer: handbook (nobody edits it in Notes), direction: pull, or acceptRace: true for the mapping`,
        at,
      );
    }
  }
}

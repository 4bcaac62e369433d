import { stat } from 'node:fs/promises';
import type { BridgeConfig } from '../../../config/bridge-schema.ts';
import { filesOf } from '../../../config/link-files.ts';
import { type Finding, fine, problem, warning } from '../../operations/finding.ts';
import { diskOf, endOfCertificate } from '../../signals/host-gauges.ts';
import { BRIDGE_VERSION } from '../bridge-version.ts';
import { certificatesOf } from '../open-metrics.ts';

const GIB = 1024 ** 3;
const DAY_MS = 86_400_000;
const SOON_DAYS = 21;
/** Node's line with long support that the bridge is tried on. */
const TRIED_NODE = 24;

/** This machine: program and Node, disk, certificates, files that hold secrets. */
export async function machineFindings(config: BridgeConfig): Promise<readonly Finding[]> {
  return [
    ...versionFindings(),
    ...(await diskFindings(config.dataDir)),
    ...(await certificateFindings(config)),
    ...(await secretFindings(config)),
  ];
}

function versionFindings(): readonly Finding[] {
  const node = process.versions.node;
  const found = `bridge ${BRIDGE_VERSION}, Node ${node}`;
  return Number(node.split('.')[0]) === TRIED_NODE
    ? [fine('version', 'program', found)]
    : [
        warning(
          'version',
          'program',
          found,
          `Node ${TRIED_NODE} is what the bridge is tried on: start it by npm`,
        ),
      ];
}

async function diskFindings(dataDir: string): Promise<readonly Finding[]> {
  const disk = await diskOf(dataDir);
  if (disk === null) return [fine('disk', dataDir, 'is not there yet: it is made at the first start')];
  const free = `${(disk.free / GIB).toFixed(1)} GiB of ${(disk.size / GIB).toFixed(1)} GiB are free`;
  if (disk.free < GIB || disk.free < disk.size * 0.05)
    return [problem('disk', dataDir, free, 'make room: without it neither store nor log can be written')];
  return disk.free < disk.size * 0.1
    ? [warning('disk', dataDir, free, 'make room soon')]
    : [fine('disk', dataDir, free)];
}

async function certificateFindings(config: BridgeConfig): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { link, setting, file } of certificatesOf(config)) {
    const end = await endOfCertificate(file);
    const subject = `${link} ${setting}`;
    const days = end === null ? 0 : Math.floor((end - Date.now()) / DAY_MS);
    if (end === null)
      findings.push(problem('certificate', subject, `${file} holds no certificate`, 'put a PEM file there'));
    else if (days < 0)
      findings.push(problem('certificate', subject, `ended ${-days} days ago`, 'renew it and restart'));
    else if (days < SOON_DAYS)
      findings.push(warning('certificate', subject, `ends in ${days} days`, 'renew it and restart'));
    else findings.push(fine('certificate', subject, `good for ${days} days`));
  }
  return findings;
}

/** On Windows the mode says nothing. */
async function secretFindings(config: BridgeConfig): Promise<readonly Finding[]> {
  if (process.platform === 'win32') return [];
  const findings: Finding[] = [];
  for (const link of config.links)
    for (const [setting, file] of filesOf(link.database)) {
      if (file === null || !/(?:key|password|secret|token)File$/iu.test(setting)) continue;
      const { mode } = await stat(file);
      if ((mode & 0o077) !== 0)
        findings.push(
          warning('secret', `${link.id} ${setting}`, 'others may read the file', `chmod 600 ${file}`),
        );
    }
  return findings;
}

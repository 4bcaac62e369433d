import type { Mapping } from '../src/sync/mapping.ts';
import type { BridgeConfig } from './bridge-schema.ts';
import { checkLinks, type LinkCapabilities } from './check-links.ts';
import { checkMappings } from './check-mapping.ts';
import type { Finding } from './finding.ts';

/**
 * Whether settings and mappings fit together, without asking any server. Errors first. A link that is missing in `capabilitiesByLink` is
 * taken to have no conditional write.
 */
export function checkConfig(
  config: Pick<BridgeConfig, 'links' | 'embedded'>,
  mappings: readonly Mapping[],
  capabilitiesByLink: Readonly<Record<string, LinkCapabilities | undefined>>,
): readonly Finding[] {
  const findings: Finding[] = [];
  const report = (
    severity: Finding['severity'],
    rule: Finding['rule'],
    message: string,
    at: Partial<Finding> = {},
  ) => {
    findings.push({
      severity,
      rule,
      message,
      link: at.link ?? null,
      form: at.form ?? null,
      field: at.field ?? null,
    });
  };
  checkMappings(mappings, report);
  checkLinks(config, mappings, capabilitiesByLink, report);
  return [
    ...findings.filter((one) => one.severity === 'error'),
    ...findings.filter((one) => one.severity === 'warning'),
  ];
}

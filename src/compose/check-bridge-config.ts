import type { BridgeConfig } from '../../config/bridge-schema.ts';
import { checkConfig } from '../../config/check-config.ts';
import { explainMapping } from '../../config/explain-mapping.ts';
import type { ConfigCheck } from '../operations/bridge.ts';
import type { Link } from '../passes/pass-deps.ts';
import type { Mapping } from '../sync/mapping.ts';

export async function checkBridgeConfig(
  config: BridgeConfig,
  mappings: readonly Mapping[],
  links: readonly Link[],
  language: 'vi' | 'en',
): Promise<ConfigCheck> {
  const findings = checkConfig(
    config,
    mappings,
    Object.fromEntries(links.map((link) => [link.id, link.database.capabilities])),
  );
  return {
    ok: findings.every((finding) => finding.severity !== 'error'),
    findings,
    mappings: mappings.map((mapping) => ({
      form: mapping.form,
      entity: mapping.entity,
      explanation: explainMapping(mapping, language),
    })),
  };
}

import type { LinkConfig } from '../../config/bridge-schema.ts';
import type { LinkFacts } from '../operations/link-facts.ts';
import { instancesOf } from '../passes/choose-instance.ts';
import type { Link } from '../passes/pass-deps.ts';

export function linkFacts(settings: readonly LinkConfig[], links: readonly Link[]): readonly LinkFacts[] {
  return settings.flatMap((setting) => {
    const link = links.find((one) => one.id === setting.id);
    if (!link) return [];
    return {
      linkId: setting.id,
      title: setting.title,
      mode: setting.mode,
      replicaSet: setting.replicaSet,
      via: setting.database.via,
      identity: setting.database.identity,
      instances: instancesOf(link).map(({ instanceId }) => instanceId),
      capabilities: link.database.capabilities,
      schedule: setting.schedule,
      brake: setting.brake,
      failoverAfter: setting.failoverAfter,
      forms: link.mappings.map(({ form, entity, title, gate, fields }) => ({
        form,
        entity,
        title,
        denied: gate.denied,
        items: Object.fromEntries(fields.map(({ field, item }) => [field, item])),
      })),
    };
  });
}

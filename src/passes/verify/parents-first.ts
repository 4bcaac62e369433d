import type { Mapping } from '../../sync/mapping.ts';

/** The same mappings, each behind the one whose release its own depends on; a circle stays in the order given. */
export function parentsFirst(mappings: readonly Mapping[]): readonly Mapping[] {
  const ordered = new Set<Mapping>();
  const visiting = new Set<Mapping>();
  const visit = (mapping: Mapping): void => {
    if (ordered.has(mapping) || visiting.has(mapping)) return;
    visiting.add(mapping);
    const parent = mappings.find((one) => one.entity === mapping.gate.parent?.entity);
    if (parent) visit(parent);
    ordered.add(mapping);
  };
  for (const mapping of mappings) visit(mapping);
  return [...ordered];
}

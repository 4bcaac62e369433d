import type { FieldMapping, Mapping } from '../../src/sync/mapping.ts';
import type { BridgeConfig, LinkConfig } from '../bridge-schema.ts';
import { checkConfig } from '../check-config.ts';
import type { LinkCapabilities } from '../check-links.ts';
import { readConfig } from '../read-config.ts';

export const own = readConfig({ env: {}, cwd: '/' });
const strong: LinkCapabilities = {
  conditionalWrite: true,
  conditionalDelete: true,
  richText: true,
  attachments: true,
  attachmentWrites: true,
};

export const field = (more: Partial<FieldMapping>): FieldMapping => ({
  item: 'X',
  field: 'x',
  type: 'text',
  direction: 'pull',
  writer: 'notes',
  conflict: 'notes-wins',
  clear: 'delete',
  nonsummary: false,
  check: {},
  ...more,
});
export const key = field({ item: 'Ma', field: 'code', check: { required: true } });
/** A mapping with nothing to find fault with, and further fields. */
export const thing = (more: Partial<Mapping>, ...fields: Partial<FieldMapping>[]): Mapping => ({
  form: 'F',
  entity: 'thing',
  version: '1.1',
  title: { vi: 'F', en: 'F' },
  key: 'code',
  gate: {
    denied: false,
    classification: { item: 'DoMat', open: ['Thuong'] },
    release: { item: 'ChoPhepChuyen', marks: ['1'] },
  },
  creates: 'notes',
  handbookDelete: 'refuse',
  editAgainstDelete: 'keep-edit',
  acceptRace: false,
  fields: [key, ...fields.map(field)],
  ...more,
});

const [first] = own.links;
if (!first) throw new Error('the default settings have no link');
export const link: LinkConfig = { ...first, id: 'a', mappings: ['F'] };
export const proton = (
  more: { readonly hostName?: string; readonly secure?: boolean } = {},
): LinkConfig['database'] => ({
  via: 'proton',
  hostName: 'h',
  port: 3002,
  filePath: 'a.nsf',
  secure: true,
  credentials: null,
  identity: 'CN=B/O=M',
  standby: [],
  ...more,
});
export const configOf = (...links: LinkConfig[]): Pick<BridgeConfig, 'links' | 'embedded'> => ({
  links,
  embedded: own.embedded,
});

/** What was found, as `severity rule link/form/field`. */
export function rules(
  mappings: readonly Mapping[],
  capabilities: Partial<LinkCapabilities> = {},
  config = configOf(link),
): readonly string[] {
  const all = Object.fromEntries(config.links.map(({ id }) => [id, { ...strong, ...capabilities }]));
  return checkConfig(config, mappings, all).map(
    (one) =>
      `${one.severity} ${one.rule} ${[one.link, one.form, one.field].filter((part) => part !== null).join('/')}`,
  );
}

import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, sign } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import packageFile from '../../package.json' with { type: 'json' };

/**
 * `npm run bundle [-- --key KEY.pem] [--out FOLDER]`: everything that the bridge needs in one archive, for a network without npm: Node, modules, built
 * pages, a bill of materials (CycloneDX) and checksums; signed (Ed25519) where a key is given. For the system that it is run on.
 */
const ROOT = join(import.meta.dirname, '../..');
const SHIPPED = ['src', 'connectors', 'jobs', 'config', 'docs', 'package.json', 'package-lock.json'];
const TEXTS = ['README.md', 'LICENSE', 'NOTICE'];
const platform = `${process.platform}-${process.arch}`;

const argument = (name: string): string | null => {
  const at = process.argv.indexOf(name);
  return at === -1 ? null : (process.argv[at + 1] ?? null);
};
const keyFile = argument('--key') ?? process.env['BRIDGE_BUNDLE_KEY'] ?? null;
const out = argument('--out') ?? join(ROOT, 'data', 'bundle');

const name = `bridge-${packageFile.version}-${platform}`;
const staging = join(out, name);
const say = (line: string) => process.stdout.write(`${line}\n`);
const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

rmSync(staging, { recursive: true, force: true });
mkdirSync(staging, { recursive: true });
run(process.execPath, [join(ROOT, 'src/web/build.ts')], ROOT);
for (const part of [...SHIPPED, ...TEXTS])
  cpSync(join(ROOT, part), join(staging, part), { recursive: true, filter: isShipped });
say(`Modules, from the lock file, without those for development…`);
run('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], staging);
writeFileSync(
  join(staging, 'sbom.cdx.json'),
  run(
    'npm',
    ['sbom', '--omit=dev', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'],
    staging,
  ),
);
mkdirSync(join(staging, 'bin'));
for (const [file, script] of [
  ['bridge', 'src/cli/bridge.js'],
  ['bridge-server', 'src/main.ts'],
] as const)
  writeScript(
    join(staging, 'bin', file),
    `#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")/..\nexec "$here/node_modules/node-${platform}/bin/node" "$here/${script}" "$@"\n`,
  );
writeScript(
  join(staging, 'bin/verify'),
  '#!/bin/sh\n# Whether every file is as it was bundled.\ncd "$(dirname "$(readlink -f "$0")")/.." && sha256sum --quiet --check SHA256SUMS && echo "All files are as they were bundled."\n',
);
const files = filesUnder(staging);
writeFileSync(
  join(staging, 'SHA256SUMS'),
  files.map((file) => `${digestOf(file)}  ${relative(staging, file)}\n`).join(''),
);
const archive = join(out, `${name}.tar.gz`);
run('tar', ['--owner=0', '--group=0', '--sort=name', '-C', out, '-czf', archive, name], out);
const sums = `${digestOf(archive)}  ${name}.tar.gz\n`;
writeFileSync(`${archive}.sha256`, sums);
if (keyFile !== null) {
  const key = createPrivateKey(readFileSync(keyFile));
  if (key.asymmetricKeyType !== 'ed25519')
    throw new Error(`${keyFile} is no Ed25519 key: openssl genpkey -algorithm ed25519 -out ${keyFile}`);
  writeFileSync(`${archive}.sha256.sig`, sign(null, Buffer.from(sums), key));
}
rmSync(staging, { recursive: true });
say(
  `${archive}: ${files.length} files, ${Math.round(statSync(archive).size / 1024 ** 2)} MiB, ${keyFile === null ? 'not signed' : 'signed'}`,
);

/** Tests and what they need stay at home. */
function isShipped(path: string): boolean {
  return !/(?:\.(?:test|contract)\.ts|\/testing|\/corpus|\/data)$/u.test(path.replaceAll('\\', '/'));
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => a.localeCompare(b));
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function writeScript(file: string, text: string): void {
  if (existsSync(file)) throw new Error(`${file} is there already`);
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}

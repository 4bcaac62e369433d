import { X509Certificate } from 'node:crypto';
import { readFile, statfs } from 'node:fs/promises';
import type { Metrics } from './metrics.ts';

/** A certificate that the settings name. */
export interface NamedCertificate {
  readonly link: string;
  /** Name of the setting, such as `clientCertificateFile`. */
  readonly setting: string;
  readonly file: string;
}

/** Free space and size of the disk under a directory, in bytes; null where the system does not tell. */
export async function diskOf(
  directory: string,
): Promise<{ readonly free: number; readonly size: number } | null> {
  try {
    const { bavail, blocks, bsize } = await statfs(directory);
    return { free: bavail * bsize, size: blocks * bsize };
  } catch {
    return null;
  }
}

/** When the first certificate of a PEM file that ends does so (ms); null when the file holds none that can be read. */
export async function endOfCertificate(file: string): Promise<number | null> {
  try {
    const pem = await readFile(file, 'utf8');
    const parts = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? [];
    const ends = parts.map((part) => Date.parse(new X509Certificate(part).validTo));
    return ends.length === 0 ? null : Math.min(...ends);
  } catch {
    return null;
  }
}

export async function setHostGauges(
  metrics: Metrics,
  dataDir: string,
  certificates: readonly NamedCertificate[],
): Promise<void> {
  const disk = await diskOf(dataDir);
  if (disk !== null) {
    metrics.set('bridge_disk_free_bytes', {}, disk.free);
    metrics.set('bridge_disk_size_bytes', {}, disk.size);
  }
  for (const { link, setting, file } of certificates) {
    const end = await endOfCertificate(file);
    if (end !== null)
      metrics.set('bridge_certificate_expiry_timestamp_seconds', { link, certificate: setting }, end / 1000);
  }
}

import { X509Certificate } from 'node:crypto';

/**
 * The Notes name of a certificate's subject, `CN=…/OU=…/O=…/C=…`: Proton maps client certificates to names by their subject (HCL, AppDev Pack quick start).
 * Null for what is no certificate or names nobody.
 */
export function certificateName(pem: Uint8Array): string | null {
  let subject: string;
  try {
    subject = new X509Certificate(pem).subject;
  } catch {
    return null;
  }
  const parts = subject.split('\n').flatMap((line) => {
    const [key = '', value] = line.split(/=(.*)/su);
    return value === undefined ? [] : [{ key: key.toUpperCase(), value }];
  });
  const named = ['CN', 'OU', 'O', 'C'].flatMap((key) =>
    parts.filter((part) => part.key === key).map(({ value }) => `${key}=${value}`),
  );
  return named[0]?.startsWith('CN=') === true ? named.join('/') : null;
}

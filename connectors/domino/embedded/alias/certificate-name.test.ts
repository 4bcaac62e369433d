import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { certificateName } from './certificate-name.ts';

test('[FC6] the subject of a certificate is its Notes name, common name first; what is no certificate names nobody', () => {
  const named = rootCertificates.filter((pem) => /^CN=/mu.test(new X509Certificate(pem).subject));
  expect(named.length).toBeGreaterThan(20);
  for (const pem of named) {
    const name = certificateName(Buffer.from(pem));
    const { subject } = new X509Certificate(pem);
    expect(name).toMatch(/^CN=/u);
    expect(name?.split('/')[0]).toBe(/^CN=.*$/mu.exec(subject)?.[0]);
    const organisation = /^O=(.*)$/mu.exec(subject)?.[1] ?? '';
    expect(name).toContain(organisation === '' ? '' : `/O=${organisation}`);
  }
  expect(certificateName(Buffer.from('no certificate'))).toBeNull();
});

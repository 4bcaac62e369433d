/**
 * `Content-Disposition` that makes a browser save, never show (RFC 6266): a plain name for old clients and the real one in RFC 8187 form. No
 * character of the name can end the header or name a folder.
 */
export function attachmentDisposition(name: string): string {
  const base = name.replaceAll(/[\\/]/g, '_');
  const plain = base
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replaceAll(/[^A-Za-z0-9._ -]/g, '_');
  const encoded = encodeURIComponent(base).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

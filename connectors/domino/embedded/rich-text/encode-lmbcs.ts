/** LMBCS: ASCII as it is, a new line as zero, everything else as UTF-16 behind the Unicode group byte (0xF6 stands in for a low byte of zero). */
export function encodeLmbcs(text: string): Buffer {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 0x0a) bytes.push(0);
    else if (unit < 0x80) bytes.push(unit);
    else if ((unit & 0xff) === 0) bytes.push(0x14, 0xf6, unit >> 8);
    else bytes.push(0x14, unit >> 8, unit & 0xff);
  }
  return Buffer.from(bytes);
}

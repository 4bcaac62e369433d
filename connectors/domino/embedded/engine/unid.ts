import type { Random } from './seeded-random.ts';

const JULIAN_DAY_OF_1970 = 2_440_588;
const MS_PER_DAY = 86_400_000;

/**
 * A new UNID as Domino mints one: the left half is random, the right half is the creation time: Julian day with the zone (+07) in its high
 * byte, then hundredths since midnight UTC (checked against the samples of DXL exports).
 */
export function mintUnid(now: number, random: Random): string {
  const day = Math.floor(now / MS_PER_DAY);
  const hundredths = Math.floor((now - day * MS_PER_DAY) / 10);
  const file = `${word(Math.floor(random() * 0x1_0000_0000))}${word(Math.floor(random() * 0x1_0000_0000))}`;
  return `${file}${word(0x47_00_00_00 + day + JULIAN_DAY_OF_1970)}${word(hundredths)}`;
}

function word(value: number): string {
  return value.toString(16).toUpperCase().padStart(8, '0');
}

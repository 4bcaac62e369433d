/** The day (`YYYY-MM-DD`) in Việt Nam, which has been at +07:00 since 1975. `now` in milliseconds since 1970. */
export function dayInVietnam(now: number): string {
  return new Date(now + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** `timestamptz` as the pool reads it → ISO instant in UTC with milliseconds. */
export function isoOf(value: Date): string {
  return value.toISOString();
}

export function isoOrNull(value: Date | null): string | null {
  return value === null ? null : value.toISOString();
}

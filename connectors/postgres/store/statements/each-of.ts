/**
 * The distinct texts of an array parameter, as rows `wanted (value)` to look up one by one: `cross join lateral (… offset 0)` after it is a probe of an
 * index for each. With `= any` the planner guesses how many rows it will meet, and in a table that grew since its last ANALYZE (the whole of a
 * first synchronisation) guesses so many that it reads the table from end to end instead.
 */
export function eachOf(parameter: number): string {
  return `(select distinct value from unnest($${parameter}::text[]) as value) wanted`;
}

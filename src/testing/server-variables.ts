export const SERVER_VARIABLES = {
  postgres: 'TEST_DATABASE_URL',
  outside: 'TEST_OUTSIDE_DATABASE_URL',
  redis: 'TEST_REDIS_URL',
} as const;

export type ServerName = keyof typeof SERVER_VARIABLES;

/** Names of the variables that `needs` lack; an empty variable counts as not set. */
export function missingServers(
  needs: readonly ServerName[],
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  return needs.map((need) => SERVER_VARIABLES[need]).filter((variable) => (env[variable] ?? '') === '');
}

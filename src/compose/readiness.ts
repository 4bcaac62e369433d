import type { Databases } from './open-databases.ts';

/** What must work before requests may come: both zones' stores. A Domino that is away is a link's state, not a reason to refuse members. */
export function readinessOf(
  databases: Databases,
): () => Promise<readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[]> {
  return () =>
    Promise.all(
      (['inside', 'outside'] as const).map(async (name) => {
        try {
          await databases[name].query('SELECT 1');
          return { name, ok: true, detail: databases[name].kind };
        } catch (error) {
          return { name, ok: false, detail: error instanceof Error ? error.name : 'failed' };
        }
      }),
    );
}

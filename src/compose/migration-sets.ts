import {
  accountMigrations,
  organisationMigrations,
  shownRecordMigrations,
} from '../../connectors/accounts/migrations.ts';
import { handbookMigrations } from '../../connectors/handbook/migrations/handbook-migrations.ts';
import type { MigrateOptions } from '../../connectors/postgres/migrate.ts';
import { bridgeMigrations } from '../../connectors/postgres/migrations/bridge-migrations.ts';
import { reportMigrations } from '../../connectors/postgres/migrations/report-migrations.ts';

/** What each zone's schema is brought up to date by, in this order. */
export const MIGRATION_SETS: Readonly<Record<'inside' | 'outside', readonly MigrateOptions[]>> = {
  inside: [
    { schema: 'bridge', migrations: bridgeMigrations },
    { schema: 'bridge', table: 'report_migration', migrations: reportMigrations },
    {
      schema: 'bridge',
      table: 'account_migration',
      migrations: { ...accountMigrations('bridge'), ...organisationMigrations('bridge') },
    },
  ],
  outside: [
    { schema: 'handbook', migrations: handbookMigrations },
    {
      schema: 'handbook',
      table: 'account_migration',
      migrations: {
        ...accountMigrations('handbook'),
        ...shownRecordMigrations('handbook'),
        ...organisationMigrations('handbook'),
      },
    },
  ],
};

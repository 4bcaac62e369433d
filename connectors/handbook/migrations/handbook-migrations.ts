import type { Migration } from 'kysely/migration';
import { records } from './0001-records.ts';
import { mutations } from './0002-mutations.ts';
import { blobs } from './0003-blobs.ts';
import { access } from './0004-access.ts';
import { accessTriggers } from './0005-access-triggers.ts';
import { readAudit } from './0006-read-audit.ts';
import { subjectRequests } from './0007-subject-requests.ts';
import { accessByBatch } from './0008-access-by-batch.ts';
import { webhooks } from './0009-webhooks.ts';
import { uploads } from './0010-uploads.ts';

/** Migrations of schema `handbook` by name, in the order of their names. One that has been released is never edited, only followed. */
export const handbookMigrations: Readonly<Record<string, Migration>> = {
  '0001-records': records,
  '0002-mutations': mutations,
  '0003-blobs': blobs,
  '0004-access': access,
  '0005-access-triggers': accessTriggers,
  '0006-read-audit': readAudit,
  '0007-subject-requests': subjectRequests,
  '0008-access-by-batch': accessByBatch,
  '0009-webhooks': webhooks,
  '0010-uploads': uploads,
};

import type { Bridge } from './bridge.ts';
import { configCheck } from './config-check.ts';
import { confirmDeleted } from './confirm-deleted.ts';
import { conflictResolve } from './conflict-resolve.ts';
import { conflictsResolveRule } from './conflicts-resolve-rule.ts';
import { conflictShow, conflictsList } from './conflicts.ts';
import { instanceRelease } from './instance-release.ts';
import { instanceSwitch } from './instance-switch.ts';
import { instancesList } from './instances.ts';
import { journalVerify } from './journal-verify.ts';
import type { Operation } from './operation.ts';
import { mappingDrift } from './mapping-drift.ts';
import { pause, resume } from './pause-resume.ts';
import { preview } from './preview.ts';
import { quarantineList, quarantineRetry } from './quarantine.ts';
import { repair } from './repair.ts';
import { reread } from './reread.ts';
import { resync } from './resync.ts';
import { releaseBrake } from './release-brake.ts';
import { status } from './status.ts';
import { sweep } from './sweep.ts';
import { syncOnce } from './sync-once.ts';
import { verify } from './verify.ts';

/** Every operation on links; those on the embedded Domino are added by the composition. */
export function linkOperations(bridge: Bridge): readonly Operation[] {
  const all = [
    syncOnce,
    verify,
    repair,
    status,
    preview,
    conflictsList,
    conflictShow,
    conflictResolve,
    conflictsResolveRule,
    quarantineList,
    quarantineRetry,
    releaseBrake,
    reread,
    resync,
    confirmDeleted,
    instancesList,
    instanceSwitch,
    instanceRelease,
    pause,
    resume,
    sweep,
    journalVerify,
    configCheck,
    mappingDrift,
  ];
  return all.map((make) => make(bridge) as Operation);
}

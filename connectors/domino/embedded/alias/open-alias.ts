import { EmbeddedDomino } from '../engine/embedded-domino.ts';
import type { NotesIdentity } from '../engine/identity.ts';
import { DOMINO_LIMITS, LARGE_SUMMARY_LIMITS } from '../engine/note-limits.ts';
import { FaultInjector } from '../faults/fault-injector.ts';
import {
  createDominoDbModule,
  type EmbeddedDominoDb,
  type ServerConfig,
} from '../proton/domino-db-module.ts';
import { HARSH_QUIRKS, parseQuirks, type ProtonQuirks } from '../proton/quirks.ts';
import { type AliasConfig, readAliasConfig } from './alias-config.ts';
import { certificateName } from './certificate-name.ts';
import { errorCodes, onError } from './root-constants.ts';

interface AliasExports extends EmbeddedDominoDb {
  readonly onError?: typeof onError;
  readonly errorCodes?: typeof errorCodes;
}

/** What published programs rely on, HCL's samples among them: without these they would end, and show nothing of how they work. */
const KNOWN_PROGRAMS: Partial<ProtonQuirks> = {
  partialDates: 'as-documented',
  errorEntries: 'with-code',
  canonicalFormat: 'supported',
  numberText: 'accept',
  emptyUnids: 'accept',
  portNumber: 'accept',
  rootConstants: 'present',
};

/** What a program gets that requires `@domino/domino-db`. One embedded Domino a process; it keeps nothing open that would keep the process alive. */
function openAlias(env: Readonly<Record<string, string | undefined>>): AliasExports {
  const config = readAliasConfig(env);
  const domino = new EmbeddedDomino({
    root: config.directory,
    limits: config.largeSummary ? LARGE_SUMMARY_LIMITS : DOMINO_LIMITS,
  });
  for (const database of config.databases) prepare(domino, database);
  const faults = new FaultInjector({ stepClock: (ms) => domino.clock.step(ms) });
  if (config.faults !== undefined) faults.load(config.faults);
  const quirks = { ...HARSH_QUIRKS, ...KNOWN_PROGRAMS, ...parseQuirks(config.switches) };
  const module = createDominoDbModule({
    domino,
    faults,
    quirks,
    seed: config.seed,
    identity: (server) => (config.identity === null ? identityOf(server) : known(config.identity)),
    identityOfToken: (token) => (config.tokens[token] === undefined ? null : known(config.tokens[token])),
  });
  return quirks.rootConstants === 'present' ? { ...module, onError, errorCodes } : module;
}

function prepare(domino: EmbeddedDomino, given: AliasConfig['databases'][number]): void {
  const { filePath, title, views, fullText } =
    typeof given === 'string' ? { filePath: given, title: undefined, views: [], fullText: false } : given;
  const { design } = domino.hasDatabase(filePath)
    ? domino.openDatabase(filePath)
    : domino.createDatabase(filePath, title === undefined ? {} : { title });
  if (views.length > 0) {
    for (const view of views) design.putView(view);
    design.catalog();
    design.buildViews();
  }
  if (fullText) design.updateFullText();
}

/** Without TLS a server only knows Anonymous (HCL, Proton administration). */
function identityOf({ connection, credentials }: ServerConfig): NotesIdentity | null {
  if (connection?.secure !== true) return { name: 'Anonymous' };
  const certificate = credentials?.clientCertificate;
  const name = certificate === undefined ? null : certificateName(certificate);
  return name === null ? null : { name };
}

function known(
  identity: { readonly [K in keyof NotesIdentity]: NotesIdentity[K] | undefined } & { name: string },
): NotesIdentity {
  return Object.fromEntries(
    Object.entries(identity).filter(([, value]) => value !== undefined),
  ) as unknown as NotesIdentity;
}

export const aliasExports = openAlias(process.env);

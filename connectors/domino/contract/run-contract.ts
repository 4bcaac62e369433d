import { DominoError, type NotesDatabase } from '../port.ts';
import { CONTRACT_FORM, CONTRACT_FORMS, type NotesPerson } from './contract-case.ts';
import { contractCases } from './contract-cases.ts';
import { runCase } from './run-case.ts';

export interface LiveContract {
  readonly database: NotesDatabase;
  /** The file that the operator named; must be the file that the database says it is. */
  readonly scratchFile: string;
  /** Files of the link's instances, and of any other link: never written to. */
  readonly linkFiles: readonly string[];
  /** How many notes of these forms, or of any (null), the file holds. */
  readonly countNotes: (forms: readonly string[] | null) => Promise<number>;
  /** Default: the connector itself plays the person, who then can hide nothing and attach nothing. */
  readonly person?: NotesPerson;
  readonly onCase?: (name: string, result: 'passed' | 'failed' | 'skipped') => void;
}

export interface ContractReport {
  readonly passed: readonly string[];
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Runs the contract against a live server, in a scratch database. It creates, changes and deletes documents of the suite's own forms and
 * removes them again. Throws `bad-request` before any write when the database is not the scratch one, or holds anything else; other
 * {@link DominoError}s when the server cannot be asked.
 */
export async function runContract(live: LiveContract): Promise<ContractReport> {
  await refuseAllButScratch(live);
  const { database } = live;
  const subject = { database, person: live.person ?? personThrough(database), close: async () => {} };
  const passed: string[] = [];
  const failed: { name: string; reason: string }[] = [];
  const skipped: { name: string; reason: string }[] = [];
  for (const contractCase of contractCases) {
    const { name } = contractCase;
    const reason = contractCase.lacks?.(subject) ?? null;
    if (reason === null) {
      const failure = await runCase(contractCase, subject).then(
        () => null,
        (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
      );
      if (failure === null) passed.push(name);
      else failed.push({ name, reason: failure });
      live.onCase?.(name, failure === null ? 'passed' : 'failed');
    } else {
      skipped.push({ name, reason });
      live.onCase?.(name, 'skipped');
    }
  }
  return { passed, failed, skipped };
}

/** A person played by the connector's own identity: enough for the cases that only need a save from elsewhere. */
export function personThrough(database: NotesDatabase): NotesPerson {
  return {
    createNote: async (items) => (await database.createNote(items)).unid,
    editNote: async (unid, changes) => {
      await database.replaceItems(unid, changes, null);
    },
    deleteNote: async (unid) => {
      await database.deleteNote(unid, null);
    },
    hideNote: null,
    attachFile:
      database.attachFile === undefined
        ? null
        : async (unid, name, bytes) => {
            const open = async function* () {
              yield bytes;
            };
            await database.attachFile?.(unid, { name, size: bytes.byteLength, open });
          },
    writeRichText: null,
    readItems: null,
  };
}

async function refuseAllButScratch({
  database,
  scratchFile,
  linkFiles,
  countNotes,
}: LiveContract): Promise<void> {
  const refuse = (reason: string) =>
    new DominoError('bad-request', `The contract is not run on "${scratchFile}": ${reason}`);
  const { filePath } = await database.identify();
  if (!samePath(filePath, scratchFile)) throw refuse(`the open database is "${filePath}"`);
  if (linkFiles.some((file) => samePath(file, filePath))) throw refuse('it is a database of a link');
  const all = await countNotes(null);
  const ours = await countNotes(CONTRACT_FORMS);
  if (all !== ours)
    throw refuse(
      `${all - ours} of its ${all} documents are not of form ${CONTRACT_FORM}; name an empty database made for this`,
    );
}

/** Domino's paths ignore case, and either slash separates. */
function samePath(first: string, second: string): boolean {
  const plain = (path: string) => path.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
  return plain(first) === plain(second);
}

import { isAbsolute, join, relative, sep } from 'node:path';
import { EngineError } from './engine-error.ts';

const DATABASE_NAME = /\.(nsf|ntf|box)$/iu;

/**
 * The path of a database as Domino names it, relative to the data folder, with forward slashes. Throws `bad-path` for what would leave the
 * folder and for names that are not a database's.
 */
export function normalDatabasePath(filePath: string): string {
  const parts = filePath.replaceAll('\\', '/').split('/');
  const safe =
    DATABASE_NAME.test(filePath) &&
    !isAbsolute(filePath) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..' && !hasForbiddenCharacter(part));
  if (!safe) {
    throw new EngineError(
      'bad-path',
      `cannot use "${filePath}" as a database: give a path below the data folder that ends in .nsf, .ntf or .box`,
    );
  }
  return parts.join('/');
}

/** The file on disk. Checks once more that it lies below `root`. */
export function databaseFile(root: string, filePath: string): string {
  const file = join(root, ...normalDatabasePath(filePath).split('/'));
  const inside = relative(root, file);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new EngineError('bad-path', `cannot use "${filePath}": it lies outside the data folder`);
  }
  return file;
}

export function isDatabaseName(name: string): boolean {
  return DATABASE_NAME.test(name);
}

function hasForbiddenCharacter(part: string): boolean {
  return /[\p{Cc}<>:"|?*]/u.test(part);
}

import { openDataDir } from '../data-dir.ts';

/** A process that opens the directory named by its first argument, announces the address named by its second, and stays. */
const [path, url] = process.argv.slice(2);
if (path === undefined) throw new Error('usage: hold-data-dir.ts DIR [URL]');
const dir = openDataDir(path);
if (url !== undefined) dir.announce({ url, token: 'secret-token' });
process.stdout.write('holding\n');
setInterval(() => {}, 60_000);

import type { DominoDomain, ServerRow, ServerTime, SwitchRow } from '../domain-port.ts';
import type { DominoServers } from '../engine/domino-servers.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { formatInstant } from '../engine/notes-date-time.ts';
import { SWITCHES, type SwitchEntry } from '../switches/switch-catalogue.ts';
import { DominoToolError } from '../tools-port.ts';
import { asTool } from './tool-errors.ts';

export function createDomain(servers: DominoServers): DominoDomain {
  const { home } = servers;
  const addressOf = (database: string | null): string | null => {
    if (database === null) return null;
    const { domino, filePath, address } = servers.locate(database);
    domino.openDatabase(filePath);
    return address;
  };
  return {
    listServers: () => asTool(() => servers.list().map((domino) => serverRow(domino, home))),
    addServer: (name) => asTool(() => serverRow(servers.add(name), home)),
    removeServer: (name, confirmed) =>
      asTool(() => {
        const domino = servers.find(name);
        const databases = domino.listDatabases().map(({ filePath }) => filePath);
        if (domino === home || confirmed) servers.remove(name);
        return { server: domino.name, done: confirmed, databases };
      }),
    moveClock: (server, seconds) =>
      asTool(() => {
        const domino = servers.find(server);
        domino.clock.step(seconds * 1000);
        return timeOf(domino);
      }),
    listSwitches: (name, database) =>
      asTool(() => {
        const address = addressOf(database);
        const chosen = name === null ? SWITCHES : [entryOf(name)];
        return chosen.map((entry) => switchRow(home, entry, address));
      }),
    setSwitch: (name, value, database) =>
      asTool(() => {
        const address = addressOf(database);
        const entry = entryOf(name);
        if (address !== null && entry.part === 'rest') {
          throw new DominoToolError(
            'bad-request',
            `${name} is a switch of the REST face, which has one for all databases: leave --database out`,
          );
        }
        home.switches.set(entry.name, value === null ? null : valueOf(entry, value), address);
        return switchRow(home, entry, address);
      }),
  };
}

function timeOf(domino: EmbeddedDomino): ServerTime {
  const { name: server, clock } = domino;
  return { server, now: formatInstant(domino.now()), offsetSeconds: clock.offsetMs / 1000 };
}

function serverRow(domino: EmbeddedDomino, home: EmbeddedDomino): ServerRow {
  return { home: domino === home, ...timeOf(domino), databases: domino.listDatabases().length };
}

function entryOf(name: string): SwitchEntry {
  const found = SWITCHES.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) {
    throw new DominoToolError('not-found', `there is no switch "${name}"; "bridge domino switch" lists all`);
  }
  return found;
}

function valueOf({ name, values, schema }: SwitchEntry, text: string): string | number {
  const value = /^\d+$/u.test(text) ? Number(text) : text;
  if (!schema.safeParse(value).success) {
    throw new DominoToolError('bad-request', `${name} is ${values.join(', or ')}, not "${text}"`);
  }
  return value;
}

function switchRow(home: EmbeddedDomino, entry: SwitchEntry, database: string | null): SwitchRow {
  const { name, part, values, question, source } = entry;
  const own = database === null ? null : home.switches.given(name, database);
  const ofServer = home.switches.given(name, null);
  return {
    name,
    part,
    value: String(own ?? ofServer ?? entry.default),
    default: String(entry.default),
    values,
    setFor: own !== null ? 'database' : ofServer !== null ? 'server' : 'default',
    databases: home.switches.databases().filter((one) => home.switches.given(name, one) !== null),
    question,
    source,
  };
}

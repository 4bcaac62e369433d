import type { Command } from 'commander';
import { addCommand, type Registrar } from '../add-command.ts';
import { EXIT } from '../exit-codes.ts';
import { exitUnlessOk } from '../operation-request.ts';
import { parseDatabase } from '../parse-options.ts';
import { renderResult } from '../render-result.ts';
import { addDominoFaults } from './domino-faults.ts';

/** contract, probe, fault: the embedded Domino as the opponent in tests and rehearsals. */
export function addDominoServer(domino: Command, registrar: Registrar): void {
  addCommand<{ readonly link: string; readonly scratch: string }>(domino, registrar, {
    syntax: 'contract',
    summary: 'Prove that the Domino behind a link behaves as the bridge expects',
    details:
      'Runs the contract suite against the real connection of the link. It writes to the scratch database and to nothing else.',
    options: (command) => {
      command
        .requiredOption('--link <LINK>', 'the link whose connection is tried')
        .requiredOption('--scratch <NAME.nsf>', 'an empty database made for this', parseDatabase);
    },
    examples: ['contract --link dang-vien --scratch thu-nghiem.nsf'],
    exits: { 1: 'something behaves differently, or it failed' },
    ask: ({ link, scratch }) => ({
      operation: 'domino-contract',
      args: { link, scratch },
      exitOf: exitUnlessOk(EXIT.failed),
    }),
  });
  addCommand<{ readonly link: string }>(domino, registrar, {
    syntax: 'probe',
    summary: 'Ask the Domino behind a link what it is, and what it does to the documents of the link',
    details:
      'Names what is fine, what loses data and what is refused, with the change to the schema that mends it. It writes nothing. While something loses data, the link writes nothing either, unless its acceptLoss names the finding. With --json the answer also holds the whole schema that the link wants.',
    options: (command) => {
      command.requiredOption('--link <LINK>', 'the link whose server is asked');
    },
    examples: ['probe --link dang-vien', 'probe --link dang-vien --json'],
    exits: { 1: 'writes would lose data, or it failed' },
    ask: ({ link }) => ({
      operation: 'domino-probe',
      args: { link },
      show: (result) => renderResult(withoutSchema(result)),
      exitOf: exitUnlessOk(EXIT.failed),
    }),
  });
  addDominoFaults(domino, registrar);
}

/** The schema is for a file, not for a screen. */
function withoutSchema(result: unknown): unknown {
  if (typeof result !== 'object' || result === null) return result;
  return Object.fromEntries(Object.entries(result).filter(([name]) => name !== 'wantedSchema'));
}

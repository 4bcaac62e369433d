import { describe, expect, it } from 'vitest';
import type { ContractSubject } from './contract-case.ts';
import { contractCases } from './contract-cases.ts';
import { runCase } from './run-case.ts';

/** Runs the contract as a vitest suite; `factory` gives each case a database of its own. */
export function notesDatabaseContract(name: string, factory: () => Promise<ContractSubject>): void {
  describe(`${name} keeps the contract of NotesDatabase`, () => {
    it.for(contractCases.map((contractCase) => [contractCase.name, contractCase] as const))(
      '%s',
      async ([, contractCase], test) => {
        const subject = await factory();
        try {
          const lacks = contractCase.lacks?.(subject) ?? null;
          if (lacks !== null) test.skip(lacks);
          await expect(runCase(contractCase, subject)).resolves.toBeUndefined();
        } finally {
          await subject.close();
        }
      },
    );
  });
}

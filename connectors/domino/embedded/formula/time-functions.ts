import {
  firstNumber,
  type FormulaFunction,
  type FunctionTable,
  numberValue,
  times,
} from './formula-function.ts';
import { FormulaError } from './formula-error.ts';

/** Of one time, or of each in a list, in UTC. */
const part = (of: (date: Date) => number): FormulaFunction => ({
  takes: [1, 1],
  run: (_, [value]) => numberValue(...times(value).map((time) => of(new Date(time)))),
});

function time(at: number): number {
  if (Number.isNaN(at)) throw new FormulaError('evaluation', 'there is no such date');
  return at;
}

/** Designer help, "Formula language: @functions A-Z", those of times. The server's zone is UTC here. */
export const TIME_FUNCTIONS: FunctionTable = {
  '@created': { takes: [0, 0], run: ({ note }) => ({ type: 'time', values: [note.created] }) },
  '@modified': { takes: [0, 0], run: ({ note }) => ({ type: 'time', values: [note.sequenceTime] }) },
  '@year': part((date) => date.getUTCFullYear()),
  '@month': part((date) => date.getUTCMonth() + 1),
  '@day': part((date) => date.getUTCDate()),
  '@weekday': part((date) => date.getUTCDay() + 1),
  '@hour': part((date) => date.getUTCHours()),
  '@minute': part((date) => date.getUTCMinutes()),
  '@second': part((date) => date.getUTCSeconds()),
  '@date': {
    takes: [1, 3],
    run: (_, [year, month, day]) => {
      if (month === undefined) {
        return { type: 'time', values: times(year).map((at) => new Date(at).setUTCHours(0, 0, 0, 0)) };
      }
      if (day === undefined)
        throw new FormulaError('evaluation', '@Date takes a time, or year, month and day');
      const at = Date.UTC(firstNumber(year), firstNumber(month) - 1, firstNumber(day));
      return { type: 'time', values: [time(at)] };
    },
  },
  '@adjust': {
    takes: [7, 7],
    run: (_, [value, ...steps]) => {
      const [years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = steps.map(firstNumber);
      const moved = (at: number): number => {
        const date = new Date(at);
        date.setUTCFullYear(date.getUTCFullYear() + years, date.getUTCMonth() + months);
        return time(date.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
      };
      return { type: 'time', values: times(value).map(moved) };
    },
  },
};

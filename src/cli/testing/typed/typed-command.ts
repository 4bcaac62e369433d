/** One command line: what is typed, the operation that is asked and with what, and an answer that the command understands. */
export type TypedCommand = [typed: string[], operation: string, args: object, answer?: unknown];

export const UNID = '0123456789ABCDEF0123456789ABCDEF';

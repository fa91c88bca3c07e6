// The problems of an uploaded table: always `invalid` at `file`.

import { fieldProblem } from '../../domain/problem.ts';

export function unreadable(code: string, message: string): ReturnType<typeof fieldProblem> {
  return fieldProblem('invalid', 'file', code, message);
}

/** A fault of one line of the file. */
export function unreadableLine(line: number, code: string, message: string): ReturnType<typeof fieldProblem> {
  return unreadable(code, `Line ${line}: ${message}`);
}

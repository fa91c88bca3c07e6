// Reads a secret from a file or from standard input, never from the arguments: everyone on the machine can see those,
// and the shell keeps them. At a terminal, typed characters are not shown.

import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { Wrong } from './command.ts';

/**
 * The first line of a file, of piped input, or of what is typed.
 * @throws Wrong if the file cannot be read or nothing was given
 */
export async function readSecret(file: string | undefined, question: string): Promise<string> {
  const given =
    file !== undefined
      ? await readFirstLine(file)
      : process.stdin.isTTY
        ? await ask(question)
        : firstLine(await text(process.stdin));
  if (given === '') throw new Wrong([`No ${question} was given: pipe it in, or name a file that holds it.`]);
  return given;
}

async function readFirstLine(file: string): Promise<string> {
  try {
    return firstLine(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Wrong([`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function firstLine(lines: string): string {
  return /^[^\r\n]*/.exec(lines)?.[0] ?? '';
}

async function ask(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stderr.write(`${question}: `);
  const line = await lines.question('');
  lines.close();
  process.stderr.write('\n');
  return line;
}

// `import`: takes over an office's registry from .csv or .xlsx files, with the console's importer. A second run changes
// nothing.

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  importRegistry,
  readRegistryFile,
  type ImportReport,
  type RegistryFile,
} from '../../server/actions/import/import-registry.ts';
import { REGISTRY_KINDS } from '../../server/domain/import/registry-import.ts';
import { SYSTEM } from '../../server/domain/people/account.ts';
import { ActionFailed } from '../system.ts';
import { Wrong, WrongUse, type Command } from './command.ts';
import { openStore } from './open-store.ts';

interface NamedFile {
  name: string;
  file: RegistryFile;
}

export const importFile: Command = {
  help: `import FILE... [--office ID]

  --office ID   whose registry it is; may be left out where there is one office

Producers, products, evaluations, certificates: which of them a file holds, its header says, and they are taken in this
order. CSV (comma, semicolon or tab) or a workbook (.xlsx, its first sheet); the console's exports and templates too.
Every row is applied by itself: what is wrong is named with its line, all else is done, and the same file again changes
nothing. See scripts/sample-registry.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { office: { type: 'string' } },
    });
    if (positionals.length === 0) throw new WrongUse('import needs a file');
    const files = await Promise.all(positionals.map(openRegistryFile));
    await using open = await openStore();
    const faults: string[] = [];
    // Producers first, because products refer to them.
    const rankOf = ({ file }: NamedFile): number => REGISTRY_KINDS.indexOf(file.kind);
    for (const { name, file } of files.toSorted((a, b) => rankOf(a) - rankOf(b))) {
      const imported = await importRegistry(SYSTEM, { officeId: values.office, file }, open.context);
      if (!imported.ok) throw new ActionFailed(imported.problem);
      const { kind, counts } = imported.value;
      const { new: made, changed, same, wrong } = counts;
      terminal.out(`${name}: ${kind}: ${made} new, ${changed} changed, ${same} as before, ${wrong} wrong`);
      faults.push(...faultsOf(name, imported.value));
    }
    if (faults.length > 0) throw new Wrong(faults);
  },
};

/** @throws Wrong if the file cannot be read as one of the four lists */
export async function openRegistryFile(name: string): Promise<NamedFile> {
  let bytes: Buffer;
  try {
    bytes = await readFile(name);
  } catch (error) {
    throw new Wrong([`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const read = await readRegistryFile(bytes);
  if (!read.ok) throw new Wrong([`${name}: ${read.problem.detail}`]);
  return { name, file: read.value };
}

/** One line for each fault: file, line, column, what is wrong. */
export function faultsOf(name: string, report: ImportReport): string[] {
  return report.rows.flatMap(({ line, errors }) =>
    errors.map(({ column, message }) => `${name}, line ${line}${column === '' ? '' : `, ${column}`}: ${message}`),
  );
}

// `mend-search`: makes the words again by which the search box finds records.

import { parseArgs } from 'node:util';
import { WrongUse, type Command } from './command.ts';
import { openStore } from './open-store.ts';

export const mendSearch: Command = {
  help: `mend-search

Compares the words by which records are found with the records, and writes those that differ again. Each change of a
record keeps them by itself; this is for a database whose words were damaged. It may run beside the service.`,
  async run(args, terminal) {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
    if (positionals.length > 0) throw new WrongUse('mend-search takes no arguments');
    await using open = await openStore();
    const mended = await open.store.mendSearch();
    terminal.out(mended === 0 ? 'All words are right.' : `The words of ${mended} records were written again.`);
  },
};

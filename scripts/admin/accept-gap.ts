// `accept-gap`: shows what a store has lost. Called again with the name of the loss, it lets the store go on without
// it.

import { parseArgs } from 'node:util';
import { acceptGapInput, acceptGaps, findGaps, meaningOf, nameOf } from '../../server/actions/audit/accept-gap.ts';
import { SYSTEM } from '../../server/domain/people/account.ts';
import { forgetBeside } from '../../server/store/open-store.ts';
import { Wrong, WrongUse, type Command } from './command.ts';
import { openStore, readOperatorSettings } from './open-store.ts';
import { readInput } from './read-input.ts';

export const acceptGap: Command = {
  help: `accept-gap                                        shows what the store has lost; changes nothing
accept-gap --accept NAME --by PERSON --why TEXT   goes on without just that

After a real loss only: an older database that was restored, a row that is truly gone. The first call shows what would
be accepted, what it means, and the name to accept it by. The second writes a line into the audit log for each, with who
and why, and cannot be undone. A row or a line with a wrong seal is never accepted: restore a backup.

Stop the service first. Several servers: run it on each whose start is refused.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args,
      options: { accept: { type: 'string' }, by: { type: 'string' }, why: { type: 'string' } },
    });
    if (values.accept === undefined && (values.by !== undefined || values.why !== undefined))
      throw new WrongUse('--by and --why go with --accept NAME');
    const ends: string[] = [];
    await using open = await openStore((gap) => ends.push(gap));
    const gaps = await findGaps(open.store, ends);
    if (gaps.refused.length > 0)
      throw new Wrong([...gaps.refused, 'This is no loss, and nobody can accept it: restore a backup.']);
    const meaning = meaningOf(gaps);
    if (meaning.length === 0) {
      terminal.out('Nothing is missing.');
      return;
    }
    const name = nameOf(gaps);
    if (values.accept === undefined) {
      for (const line of meaning) terminal.out(line);
      terminal.out(`\nTo go on without it: npm run admin -- accept-gap --accept ${name} --by PERSON --why TEXT`);
      throw new Wrong([`${meaning.length} losses are not accepted yet.`]);
    }
    if (values.accept !== name) throw new Wrong([`The losses are not those of ${values.accept}; look at them again.`]);
    const { by, why } = values;
    const input = readInput(acceptGapInput, { by, why });
    const accepted = await acceptGaps(SYSTEM, gaps, input, open.context);
    if (!accepted.ok) throw new Wrong([accepted.problem.detail]);
    const { databaseUrl, dataDir } = readOperatorSettings();
    if (ends.length > 0) await forgetBeside(databaseUrl, dataDir);
    terminal.out(`${meaning.length} losses are accepted; ${accepted.value.lines} lines of the audit log say so.`);
  },
};

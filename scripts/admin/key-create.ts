// `key create`: an API key. Only the key goes to standard output, once; its hash is stored.

import { parseArgs } from 'node:util';
import { makeKey, makeKeyInput } from '../../server/actions/people/make-key.ts';
import { SYSTEM } from '../../server/domain/people/account.ts';
import { doneBy } from '../system.ts';
import type { Command } from './command.ts';
import { openStore } from './open-store.ts';
import { readInput } from './read-input.ts';

export const keyCreate: Command = {
  help: `key create --role ROLE [--office ID] [--producer ID] [--name NAME]
           [--expires INSTANT]

  --role           admin, office, inspector or producer
  --office ID      office and inspector: may be left out where there is one office
  --producer ID    producer: whose key it is
  --name           what it is for, as lists show it
  --expires AT     when it ends (2027-06-30T00:00:00+07:00); without it the key has no end

Whoever holds the key acts as its role. Keep it in a file that others cannot read:
  (umask 077 && npm run --silent admin -- key create --role office > office.key)`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args,
      options: {
        role: { type: 'string' },
        office: { type: 'string' },
        producer: { type: 'string' },
        name: { type: 'string' },
        expires: { type: 'string' },
      },
    });
    const { role, office: officeId, producer: producerId, name = 'made by npm run admin' } = values;
    const { expires: expiresAt } = values;
    const input = readInput(makeKeyInput, { role, officeId, producerId, name, expiresAt });
    await using open = await openStore();
    const made = await doneBy(makeKey(SYSTEM, input, open.context));
    if (made.key === null) throw new TypeError('a key that was just made is not told');
    terminal.out(made.key);
  },
};

// `user add`: an account for a person. The password comes from a file or standard input.

import { parseArgs } from 'node:util';
import { makeUser, makeUserInput } from '../../server/actions/people/make-user.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from '../../server/actions/people/password.ts';
import { SYSTEM } from '../../server/domain/people/account.ts';
import { doneBy } from '../system.ts';
import { Wrong, type Command } from './command.ts';
import { openStore } from './open-store.ts';
import { readInput } from './read-input.ts';
import { readSecret } from './read-secret.ts';

export const userAdd: Command = {
  help: `user add --role ROLE --login LOGIN --name NAME [--office ID] [--producer ID] [--password-file FILE]

  --role           admin, office, inspector or producer
  --login          what the person types: a-z, 0-9, ".", "_", "@", "+" and "-"
  --name           how others see the person
  --office ID      office and inspector: may be left out where there is one office
  --producer ID    producer: whose account it is
  --password-file  holds the password; without it, it is read from standard input, or asked for at a terminal

A password has 12 characters or more. Prints the account's id.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args,
      options: {
        role: { type: 'string' },
        login: { type: 'string' },
        name: { type: 'string' },
        office: { type: 'string' },
        producer: { type: 'string' },
        'password-file': { type: 'string' },
      },
    });
    const { role, login, name, office: officeId, producer: producerId } = values;
    // Check everything else first, so that a person does not type a password for nothing.
    readInput(makeUserInput.pick({ role: true, login: true, name: true }), { role, login, name });
    const password = makeUserInput.shape.password.safeParse(await readSecret(values['password-file'], 'password'));
    if (!password.success)
      throw new Wrong([`The password will not do: it needs ${PASSWORD_MIN} to ${PASSWORD_MAX} characters.`]);
    const input = readInput(makeUserInput, { role, login, name, officeId, producerId, password: password.data });
    await using open = await openStore();
    const user = await doneBy(makeUser(SYSTEM, input, open.context));
    terminal.out(user.id);
  },
};

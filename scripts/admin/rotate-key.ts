// `rotate-key`: a new key pair signs from now on. The public half of the old one stays public.

import { parseArgs } from 'node:util';
import { rotateSigningKey } from '../../server/actions/pack/signing-keys.ts';
import { SYSTEM } from '../../server/domain/people/account.ts';
import { doneBy } from '../system.ts';
import type { Command } from './command.ts';
import { openStore } from './open-store.ts';

export const rotateKey: Command = {
  help: `rotate-key

Retires the key pair that signs offline packs, cartons and records of inspections, and makes another. The retired
public key stays at /.well-known/temtrace-keys.json, because labels on cartons last for years. Phones learn the new
one within an hour. Do it once a year, and at once if somebody may have read the master key.`,
  async run(args, terminal) {
    parseArgs({ args, options: {} });
    await using open = await openStore();
    const { kid } = await doneBy(rotateSigningKey(SYSTEM, open.context));
    terminal.out(`signs from now on: ${kid}`);
  },
};

// The operator's tool: `npm run admin -- COMMAND`. It works on the service's store, even while the service runs, and
// calls the same actions, as an admin (the system actor).
//
// Exit codes: 0 done; 1 something is wrong, and the output names it; 2 wrong use.

import { Wrong, WrongUse, type Command, type Terminal } from './admin/command.ts';

/** Loaded on demand, so that listing the commands does not wait for a database. */
const COMMANDS: readonly { name: string; does: string; load: () => Promise<Command> }[] = [
  {
    name: 'user add',
    does: 'makes an account for a person',
    load: async () => (await import('./admin/user-add.ts')).userAdd,
  },
  {
    name: 'key create',
    does: 'makes an API key and prints it, alone and once',
    load: async () => (await import('./admin/key-create.ts')).keyCreate,
  },
  {
    name: 'import',
    does: 'takes over a registry from .csv or .xlsx files',
    load: async () => (await import('./admin/import.ts')).importFile,
  },
  {
    name: 'backup',
    does: 'writes everything into one file, while scans are answered',
    load: async () => (await import('./admin/backup.ts')).backup,
  },
  {
    name: 'restore',
    does: 'takes a backup into an empty place, on either store',
    load: async () => (await import('./admin/restore.ts')).restore,
  },
  {
    name: 'move',
    does: 'takes the embedded store over into MongoDB',
    load: async () => (await import('./admin/move.ts')).move,
  },
  {
    name: 'verify-log',
    does: 'checks the audit chain of the store, or of a downloaded copy',
    load: async () => (await import('./admin/verify-log.ts')).verifyLog,
  },
  {
    name: 'rotate-key',
    does: 'makes a new key that signs packs, cartons and records',
    load: async () => (await import('./admin/rotate-key.ts')).rotateKey,
  },
  {
    name: 'accept-gap',
    does: 'shows what a store has lost, and goes on without it',
    load: async () => (await import('./admin/accept-gap.ts')).acceptGap,
  },
  {
    name: 'mend-search',
    does: 'writes the words again by which records are found',
    load: async () => (await import('./admin/mend-search.ts')).mendSearch,
  },
  {
    name: 'doctor',
    does: 'checks settings, files, disk, database, audit chain and clock',
    load: async () => (await import('./admin/doctor.ts')).doctor,
  },
];

const terminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
};

// A reader that stops early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<0 | 1 | 2> {
  if (args.length === 0 || args[0] === '--help' || args[0] === '-h') {
    (args.length === 0 ? terminal.err : terminal.out)(listOfCommands());
    return args.length === 0 ? 2 : 0;
  }
  const command = COMMANDS.find(({ name }) => name === args.slice(0, name.split(' ').length).join(' '));
  if (command === undefined) {
    terminal.err(`There is no command "${args.slice(0, 2).join(' ')}".\n\n${listOfCommands()}`);
    return 2;
  }
  const rest = args.slice(command.name.split(' ').length);
  const loaded = await command.load();
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(`${command.name}: ${command.does}\n\n${loaded.help}`);
    return 0;
  }
  return run(command.name, loaded, rest);
}

async function run(name: string, command: Command, args: string[]): Promise<0 | 1 | 2> {
  try {
    await command.run(args, terminal);
    return 0;
  } catch (error) {
    if (error instanceof Wrong) {
      for (const fault of error.faults) terminal.err(fault);
      return 1;
    }
    if (error instanceof WrongUse || isOfParseArgs(error)) {
      terminal.err(`${error.message}\nSee: npm run admin -- ${name} --help`);
      return 2;
    }
    terminal.err(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

/** Whether node:util's parseArgs refused an option. */
function isOfParseArgs(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function listOfCommands(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return [
    'npm run admin -- COMMAND [options]',
    '',
    ...COMMANDS.map(({ name, does }) => `  ${name.padEnd(width)}  ${does}`),
    '',
    'Each has --help. Settings come from the environment and .env, as the service’s do.',
    'Ends with 0 when done, 1 when something is wrong and named, 2 for wrong use.',
  ].join('\n');
}

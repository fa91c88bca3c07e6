// The web may call an action only on behalf of somebody: an actor or, before sign-in, the holder of a token.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../../server', import.meta.url));
const WEB = join(ROOT, 'web');
const ACTIONS = join(ROOT, 'actions');

/** Parameters that name the caller. */
const ACTOR = /\b_?actor: (?:Actor|Person)|\bactor\b.*: \{[^}]*\bactor: Actor/;
const TOKEN = /\b(?:token|ticket|key|password): string/;
/** Parameters that give access to the store or a clock. */
const CONTEXT = /\bctx: |\bActionContext\b|\bStore\b/;

/** Actions that may be called with a context but without an actor or a token, each with its reason. */
const WITHOUT_ACTOR: Readonly<Record<string, string>> = {
  'kit/held-text.ts holdText': 'keeps what one person sent; its owner stands in the first parameter',
  'kit/held-text.ts openText': 'opens for the owner it was sealed for only',
  'kit/held-text.ts readHeldText': 'reads for the owner only',
  'kit/held-text.ts sealText': 'seals for one owner; reads no store',
  'market/rounds/read-shown.ts readShownRound': 'shows a round that was changed just before',
  'people/phones/app-session.ts appSessionOf': 'shows the session that was identified just before',
  'people/phones/app-session.ts signInToApp': 'signs in whoever has the password, as sign-in does',
  'pack/signing-keys.ts listPublicKeys': 'public halves of keys are for everyone',
  'people/begin-session.ts beginSession': 'signs in the user whose password or invitation was accepted just before',
  'people/known-device.ts withMarkOf': 'makes a cookie of the user who was signed in just before; reads no store',
};

test('every action that the web calls with a context takes an actor or a token', () => {
  const called = actionsCalledByWeb();
  expect(called.size).toBeGreaterThan(50);
  const faults = [...called].filter(([, parameters]) => {
    return CONTEXT.test(parameters) && !ACTOR.test(parameters) && !TOKEN.test(parameters);
  });
  expect(faults.map(([name]) => name).toSorted()).toEqual(Object.keys(WITHOUT_ACTOR).toSorted());
});

/**
 * `folder/file.ts name` -> the text of its parameters, for every function of server/actions that a file of server/web
 * imports.
 */
function actionsCalledByWeb(): Map<string, string> {
  const called = new Map<string, string>();
  for (const file of filesBelow(WEB)) {
    for (const [, names = '', from = ''] of readFileSync(file, 'utf8').matchAll(
      /^import \{([^}]*)\} from '([^']*)'/gm,
    )) {
      const path = resolve(dirname(file), from);
      if (!path.startsWith(`${ACTIONS}/`)) continue;
      for (const name of namesIn(names)) {
        const parameters = parametersOf(readFileSync(path, 'utf8'), name);
        if (parameters !== null) called.set(`${relative(ACTIONS, path)} ${name}`, parameters);
      }
    }
  }
  return called;
}

function filesBelow(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.map((name) => join(folder, name));
}

/** The imported values, without the types. */
function namesIn(names: string): string[] {
  const all = names.split(',').map((name) => name.trim());
  return all.filter((name) => name !== '' && !name.startsWith('type ')).map((name) => name.split(' as ')[0] ?? '');
}

/** The parameters of an exported function as written; null if the name is not a function. */
function parametersOf(source: string, name: string): string | null {
  const declared = new RegExp(
    `export (?:async )?function\\*? ${name}\\b|export const ${name}\\b[^=;]*= (?:async )?(?=[(<])`,
  );
  const found = declared.exec(source);
  if (found === null) return null;
  const start = source.indexOf('(', found.index);
  let depth = 0;
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === '(') depth += 1;
    if (source[at] === ')') depth -= 1;
    if (depth === 0) return source.slice(start + 1, at);
  }
  throw new Error(`${name} has no end`);
}

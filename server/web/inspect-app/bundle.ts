// Makes one script for browsers out of modules of this tree: types are stripped by Node, comments go, imports become
// plain reads. So an inspector's phone runs the very files that the server runs, above all verdict.ts, and one request
// fetches them. Why it is our own: docs/decisions/0048-inspectors-app.md.
//
// It knows the house's way of writing modules and no other: named imports and exports, no circles. Anything else is an
// error at the start, with the file's name.

import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Packages that a script may hold: name as imported, and the ES module in its place. */
export type Packages = Readonly<Record<string, URL>>;

interface Module {
  name: string;
  /** Without its import and export words. */
  body: string;
  /** In the order written. */
  imports: readonly Import[];
  /** What others see of it: outer name and inner name. */
  exports: readonly (readonly [outer: string, inner: string])[];
}

interface Import {
  from: string;
  names: readonly (readonly [outer: string, inner: string])[];
}

const IMPORT = /^import \{([^}]*)\} from '([^'\n]+)';$/gm;
const EXPORT_LIST = /^export \{([^}]*)\};$/gm;
const EXPORTED = /^export (?:async function\*?|function\*?|const|class) (\w+)/gm;

/**
 * The script of a module and of everything that it imports.
 *
 * @param entry runs last, and may wait at its top level
 * @throws Error that names the file, for what a browser cannot run
 */
export function bundle(entry: URL, packages: Packages): string {
  const numbers = new Map<string, number>();
  const open = new Set<string>();
  const parts: string[] = [];

  const add = (file: URL, isEntry: boolean): number => {
    const known = numbers.get(file.href);
    if (known !== undefined) return known;
    if (open.has(file.href)) throw new Error(`${file.pathname} imports itself in a circle`);
    open.add(file.href);
    const module = readModule(file);
    const reads = module.imports.map(({ from, names }) => {
      const number = add(resolve(from, file, packages), false);
      return `const { ${names.map(pair).join(', ')} } = m${number};`;
    });
    const number = numbers.size;
    numbers.set(file.href, number);
    const lines = [...reads, module.body];
    if (isEntry) parts.push(lines.join('\n'));
    else parts.push(`const m${number} = (() => {\n${lines.join('\n')}\nreturn { ${answers(module)} };\n})();`);
    return number;
  };
  add(entry, true);
  return `${parts.join('\n')}\n`;
}

function answers({ exports }: Module): string {
  return exports.map(([outer, inner]) => (outer === inner ? outer : `${outer}: ${inner}`)).join(', ');
}

function pair([outer, inner]: readonly [string, string]): string {
  return outer === inner ? outer : `${outer}: ${inner}`;
}

function resolve(from: string, importer: URL, packages: Packages): URL {
  if (from.startsWith('.')) return new URL(from, importer);
  const file = packages[from];
  if (file === undefined) throw new Error(`${importer.pathname} imports ${from}, which a browser cannot have`);
  return file;
}

function readModule(file: URL): Module {
  const name = fileURLToPath(file);
  const source = readFileSync(name, 'utf8');
  const plain = withoutComments(name.endsWith('.ts') ? stripTypeScriptTypes(source) : source);
  const imports: Import[] = [];
  const exports: (readonly [string, string])[] = [];
  const body = plain
    .replace(IMPORT, (_whole, names: string, from: string) => {
      imports.push({ from, names: namesOf(names) });
      return '';
    })
    .replace(EXPORT_LIST, (_whole, names: string) => {
      for (const [inner, outer] of namesOf(names)) exports.push([outer, inner]);
      return '';
    })
    .replace(EXPORTED, (whole, exported: string) => {
      exports.push([exported, exported]);
      return whole.slice('export '.length);
    });
  const strange = /^(?:import|export)\b(?!\().*$/m.exec(body);
  if (strange !== null) throw new Error(`${name}: a script for browsers cannot have "${strange[0]}"`);
  return { name, body: squeezed(body), imports, exports };
}

/** `a, b as c`: the name outside and the name inside. */
function namesOf(list: string): (readonly [string, string])[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [outer = '', inner = outer] = entry.split(' as ').map((word) => word.trim());
      return [outer, inner] as const;
    });
}

/** Whole lines of comment alone: prettier puts none beside code that a browser needs, and no text of ours begins so. */
export function withoutComments(source: string): string {
  let inside = false;
  const kept = source.split('\n').filter((line) => {
    const text = line.trim();
    const begins = !inside && text.startsWith('/*');
    const isComment = inside || begins || text.startsWith('//');
    if (begins || inside) inside = !text.includes('*/');
    return !isComment;
  });
  return kept.join('\n');
}

/**
 * Without the white space that types leave behind, and without indents: a fifth of the bytes. In a template of HTML an
 * indent is white space between tags; a test holds every other token to what it was.
 */
export function squeezed(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim().replace(/ {2,}/g, ' '))
    .filter((line) => line !== '')
    .join('\n');
}

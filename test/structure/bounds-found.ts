// Finds in the syntax tree where the sources limit a list: `limit:` in an object, and `.slice(0, NAME)`.

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** Comes with jest. */
const parser = createRequire(import.meta.url)('@babel/parser') as { parse(text: string, options: object): Node };
const SERVER = join(import.meta.dirname, '../../server');

export interface FoundBound {
  /** Path below server/. */
  file: string;
  /** `limit: 200`, `slice: ROWS_SHOWN`. */
  bound: string;
}

/** The limits in these floors, in source order. @param floors `actions`, `web` */
export function boundsIn(floors: readonly string[]): FoundBound[] {
  return floors.flatMap((floor) =>
    readdirSync(join(SERVER, floor), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
      .toSorted()
      .flatMap((file) =>
        boundsOf(readFileSync(join(SERVER, floor, file), 'utf8')).map((bound) => ({ file: `${floor}/${file}`, bound })),
      ),
  );
}

/** The limits in one source. A type's member does not count, nor a limit that is passed on under its own name. */
export function boundsOf(text: string): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'ObjectExpression')
      for (const property of node['properties'] as Node[]) {
        const key = property['key'] as Node | undefined;
        const value = property['value'] as Node | undefined;
        if (key === undefined || value === undefined || property['shorthand'] === true) continue;
        if ((key['name'] ?? key['value']) === 'limit') found.push(`limit: ${text.slice(value.start, value.end)}`);
      }
    if (node.type === 'CallExpression') {
      const callee = node['callee'] as Node;
      const [from, to] = node['arguments'] as Node[];
      if (
        (callee['property'] as Node | undefined)?.['name'] === 'slice' &&
        from?.['value'] === 0 &&
        to !== undefined &&
        /^(?:[A-Z][A-Z_]*(?: [*+-] \d+)?|limit|most|rowsMax|left)$/.test(text.slice(to.start, to.end))
      )
        found.push(`slice: ${text.slice(to.start, to.end)}`);
    }
    for (const child of Object.values(node))
      for (const one of Array.isArray(child) ? child : [child])
        if (typeof one === 'object' && one !== null && 'type' in one) visit(one as Node);
  };
  visit(parser.parse(text, { sourceType: 'module', plugins: ['typescript'] }));
  return found;
}

// The line of a value in a JSON text, so that a fault in a hand-written file can be shown.

/** Line (from 1) of the value at `path`, or of its nearest ancestor that is there. `text` must be sound JSON. */
export function lineOfJsonPath(text: string, path: readonly PropertyKey[]): number {
  const wanted = path.map(String);
  let best = { depth: 0, at: text.search(/\S/) };
  walk(text, 0, [], (at, here) => {
    const isOnPath = here.length <= wanted.length && here.every((key, depth) => key === wanted[depth]);
    if (isOnPath && here.length > best.depth) best = { depth: here.length, at };
  });
  return text.slice(0, best.at).split('\n').length;
}

/** Visits the value that starts at or after `start`, then what is inside it; returns the position after it. */
function walk(text: string, start: number, path: string[], visit: (at: number, path: string[]) => void): number {
  let at = skipBlank(text, start);
  visit(at, path);
  const open = text[at];
  if (open === '"') return endOfString(text, at);
  if (open !== '{' && open !== '[') {
    while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) at += 1;
    return at;
  }
  const close = open === '{' ? '}' : ']';
  at = skipBlank(text, at + 1);
  for (let index = 0; at < text.length && text[at] !== close; index += 1) {
    let key = String(index);
    if (open === '{') {
      const end = endOfString(text, at);
      key = JSON.parse(text.slice(at, end)) as string;
      at = skipBlank(text, end) + 1; // the colon
    }
    at = skipBlank(text, walk(text, at, [...path, key], visit));
    if (text[at] === ',') at = skipBlank(text, at + 1);
  }
  return at + 1;
}

function skipBlank(text: string, start: number): number {
  let at = start;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return at;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

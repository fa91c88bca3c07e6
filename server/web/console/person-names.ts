// Names of the people who made the records on a page. Null ids, the system and people of another office have none.

import { readPersonName } from '../../actions/people/read.ts';
import type { PageCall } from './console-route.ts';

/** Id -> name, for those that the reader may know; each is read once. */
export async function personNames(
  { actor, ctx }: Pick<PageCall, 'actor' | 'ctx'>,
  made: readonly { by: string | null }[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(made.map(({ by }) => by))) {
    const name = id === null ? null : await readPersonName(actor, id, ctx);
    if (id !== null && name !== null) names.set(id, name);
  }
  return names;
}

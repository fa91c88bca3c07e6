// Where a symbol leads. A copied stamp may carry a real code under another address: the code alone would look in order.

const ADDRESS = /^\s*(?:https?:\/\/)([^/?#\s]+)/i;

/**
 * The host of a text that is a web address, unless it is one of ours; null: no address, or ours.
 *
 * @param ours origins or hosts
 */
export function strangeHost(read: string, ours: readonly string[]): string | null {
  const host = ADDRESS.exec(read)?.[1]?.toLowerCase();
  if (host === undefined) return null;
  return ours.some((one) => hostIn(one) === host) ? null : host;
}

function hostIn(origin: string): string {
  return origin.replace(/^https?:\/\//i, '').toLowerCase();
}

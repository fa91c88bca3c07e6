// Browser and system family of a sign-in, so that people recognise their own sessions: "Chrome · Windows". Nothing more
// precise is stored.

const BROWSERS: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Cốc Cốc', /coc_coc_browser/i],
  ['Zalo', /zalo/i],
  ['Edge', /edg(?:e|a|ios)?\//i],
  ['Opera', /opr\//i],
  ['Samsung Internet', /samsungbrowser/i],
  ['Firefox', /firefox|fxios/i],
  ['Chrome', /chrome|crios/i],
  ['Safari', /safari/i],
];
const SYSTEMS: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Android', /android/i],
  ['iOS', /iphone|ipad|ipod/i],
  ['Windows', /windows/i],
  ['macOS', /mac os x|macintosh/i],
  ['Linux', /linux/i],
];

/** Null: neither is known. */
export function deviceOf(userAgent: string | undefined): string | null {
  if (userAgent === undefined) return null;
  const nameIn = (list: typeof BROWSERS): string | undefined => list.find(([, mark]) => mark.test(userAgent))?.[0];
  const names = [nameIn(BROWSERS), nameIn(SYSTEMS)].filter((name) => name !== undefined);
  return names.length === 0 ? null : names.join(' · ');
}

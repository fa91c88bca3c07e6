// What the phone says of itself, told in plain words before it costs somebody their work: a browser inside another app,
// little room left, storage that may be cleared.

/** A browser inside a messenger. It refuses the camera and forgets what it kept. */
export type InAppBrowser = 'Zalo' | 'Facebook' | 'Messenger' | 'Instagram' | 'TikTok' | 'Line';

const IN_APP: readonly (readonly [RegExp, InAppBrowser])[] = [
  [/\bZalo/i, 'Zalo'],
  [/MessengerLiteForiOS|Orca-Android|FB_IAB\/(?:Orca|MESSENGER)/i, 'Messenger'],
  [/FBAN|FBAV|FB_IAB/, 'Facebook'],
  [/Instagram/, 'Instagram'],
  [/musical_ly|BytedanceWebview|TikTok/i, 'TikTok'],
  [/\bLine\//, 'Line'],
];

/** The app whose own browser this is, by what it calls itself; null: a browser. */
export function inAppBrowserOf(userAgent: string): InAppBrowser | null {
  return IN_APP.find(([sign]) => sign.test(userAgent))?.[1] ?? null;
}

/** Chrome on Android, Safari on the iPhone: what to open instead. */
export function browserToUse(userAgent: string): 'Chrome' | 'Safari' {
  return /iPhone|iPad|iPod/.test(userAgent) ? 'Safari' : 'Chrome';
}

export interface Room {
  usedBytes: number;
  quotaBytes: number;
}

/** A round of 200 stamps and 60 photos of 400 KB takes 26 MB; below this the next round may not fit. */
const ROOM_LOW_BYTES = 60 * 1024 * 1024;
/** Below this not even a handful of photos fits. */
const ROOM_LEAST_BYTES = 8 * 1024 * 1024;

/** `none`: no further photo is taken, stamps still are. */
export function roomState({ usedBytes, quotaBytes }: Room): 'enough' | 'low' | 'none' {
  const left = quotaBytes - usedBytes;
  if (left < ROOM_LEAST_BYTES) return 'none';
  return left < ROOM_LOW_BYTES ? 'low' : 'enough';
}

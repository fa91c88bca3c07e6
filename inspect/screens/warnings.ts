// What the phone or the browser lacks, said before it costs somebody their work.

import { html, type Html } from '../../server/web/html.ts';
import type { InspectAppWords } from '../../server/web/words/vi/inspect-app.ts';
import { browserToUse, inAppBrowserOf, roomState } from '../core/surroundings.ts';
import { button } from './parts.ts';

const MEBIBYTE = 1_048_576;
const MINUTE_MS = 60_000;
/** Below this nobody's watch is more exact. */
const CLOCK_SAID_MS = 2 * MINUTE_MS;

export async function warningsOf(now: {
  words: InspectAppWords;
  warned: boolean;
  newVersion: boolean;
  offsetMs: number;
}): Promise<Html[]> {
  const own = now.words.warnings;
  const found: Html[] = [];
  const { userAgent } = navigator;
  const inApp = inAppBrowserOf(userAgent);
  if (inApp !== null) found.push(warning(own.inApp(inApp, browserToUse(userAgent)), button('copy-link', own.copyLink)));
  if (!now.warned && !(await isKept())) found.push(warning(own.mayClear, button('understood', own.understood)));
  const room = await readRoom();
  const state = room === null ? 'enough' : roomState(room);
  if (room !== null && state === 'low')
    found.push(warning(own.roomLow(String(Math.floor((room.quotaBytes - room.usedBytes) / MEBIBYTE)))));
  if (state === 'none') found.push(warning(own.roomNone));
  if (Math.abs(now.offsetMs) > CLOCK_SAID_MS)
    found.push(warning(own.clock(String(Math.round(Math.abs(now.offsetMs) / MINUTE_MS)))));
  if (now.newVersion) found.push(warning(now.words.home.newVersion, button('new-version', now.words.home.takeNew)));
  return found;
}

/** Room for what the app keeps; null: the browser does not say. */
export async function readRoom(): Promise<{ usedBytes: number; quotaBytes: number } | null> {
  const estimate = await navigator.storage?.estimate?.().catch(() => null);
  if (estimate?.quota === undefined) return null;
  return { usedBytes: estimate.usage ?? 0, quotaBytes: estimate.quota };
}

/** Whether the phone promised to keep the data, or the app is installed. */
async function isKept(): Promise<boolean> {
  if (matchMedia('(display-mode: standalone)').matches) return true;
  return (await navigator.storage?.persisted?.().catch(() => false)) ?? false;
}

function warning(text: string, way: Html | null = null): Html {
  return html`<div class="warn"><p>${text}</p>${way}</div>`;
}

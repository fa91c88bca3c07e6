// Where a person is in an open app, and what the parts of it ask of each other.

import type { InspectAppWords } from '../server/web/words/vi/inspect-app.ts';
import type { WireRound } from './core/wire.ts';

export type Place =
  | { kind: 'home' }
  | { kind: 'new-round'; plan: WireRound | null }
  | { kind: 'round' }
  | { kind: 'type' }
  | { kind: 'info' }
  | { kind: 'stamp'; clientId: string }
  | { kind: 'packs' }
  | { kind: 'waiting' }
  | { kind: 'settings' };

/** Who draws. */
export interface Host {
  readonly words: InspectAppWords;
  draw(): void;
  /** Draws with a sentence; '' takes the last one away. */
  say(message: string): void;
  /** Looks again at what the phone lacks. */
  warn(): Promise<void>;
}

/** The ways between screens. */
export interface Ways {
  here(): Place;
  enter(place: Place): void;
  /** In place of the screen that is shown. */
  swap(place: Place): void;
  openRound(clientId: string): Promise<void>;
}

/** What a field gave; an empty one is none. */
export function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

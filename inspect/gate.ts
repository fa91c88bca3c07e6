// Where a person is before the desk is open, and the screen for it.

import type { DeviceKeys, Lock } from './core/keys.ts';
import type { Session } from './core/wire.ts';
import { deviceNameOf } from './device/phone.ts';
import type { SignedIn } from './device/server.ts';
import type { Floor } from './floor.ts';
import type { Screen } from './screens/screen.ts';
import { newPinScreen, otherTabScreen, shutScreen, signInScreen, unlockScreen, type WayIn } from './screens/way-in.ts';

export interface Device {
  keys: DeviceKeys;
  lock: Lock;
  session: Session;
}

export type Gate =
  | { kind: 'opening' }
  | { kind: 'other-tab' }
  | { kind: 'sign-in'; needsCode: boolean }
  | { kind: 'new-pin'; keys: DeviceKeys; session: SignedIn }
  | { kind: 'unlock'; device: Device }
  | { kind: 'shut' }
  | { kind: 'open'; floor: Floor };

/** Null: the page's own sentence stays. */
export function gateScreen(gate: Exclude<Gate, { kind: 'open' }>, way: WayIn): Screen | null {
  switch (gate.kind) {
    case 'opening':
      return null;
    case 'other-tab':
      return otherTabScreen(way);
    case 'sign-in':
      return signInScreen(way, gate.needsCode, deviceNameOf(navigator.userAgent));
    case 'new-pin':
      return newPinScreen(way);
    case 'unlock':
      return unlockScreen(way, gate.device.session.person.name);
    case 'shut':
      return shutScreen(way);
    default:
      return gate satisfies never;
  }
}

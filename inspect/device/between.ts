// What the app, its other tabs and its service worker share: who sends, which tab works, and what one tells the others.

export const SEND_LOCK = 'temtrace-inspect-send';
export const SEND_TAG = 'temtrace-inspect-send';
const APP_LOCK = 'temtrace-inspect-app';
const CHANNEL = 'temtrace-inspect';

/** `sent`: look at the queue. `wiped`: nothing is left on this phone. */
export type Told = 'sent' | 'wiped';

/** For the service worker, which hears nothing. */
export function tellTabs(what: Told): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(what);
  channel.close();
}

/**
 * Hears the others and speaks to them, by one channel: a second one in the same tab would hear what this tab says.
 *
 * @returns says it to the others
 */
export function joinTabs(hear: (what: Told) => void): (what: Told) => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<Told>) => hear(data));
  return (what) => channel.postMessage(what);
}

/**
 * One tab works at a time, or two would show different counts. Resolves to whether this is the one; `onTaken` is called
 * when another one takes over.
 *
 * @param takeOver whether to take it from the tab that has it
 */
export function holdApp(takeOver: boolean, onTaken: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    const options = takeOver ? { steal: true } : { ifAvailable: true };
    navigator.locks
      .request(APP_LOCK, options, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<void>(() => undefined);
      })
      .catch(onTaken);
  });
}

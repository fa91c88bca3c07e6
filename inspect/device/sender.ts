// Decides when what waits is sent: after each record, when the network or the app comes back, by the browser's own
// background sync where there is one, and by itself after a failure, later each time. One sender runs at a time among
// all tabs and the service worker.

import { retryMs, sendWaiting, type OutboxStore, type Sent, type SyncServer } from '../core/outbox.ts';
import { SEND_LOCK, SEND_TAG } from './between.ts';

interface SyncRegistration extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

export class Sender {
  private readonly outbox: OutboxStore;
  private readonly server: SyncServer;
  private readonly onSent: (sent: Sent) => Promise<void>;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  /** @param onSent after each turn, with what came of it */
  constructor(outbox: OutboxStore, server: SyncServer, onSent: (sent: Sent) => Promise<void>) {
    this.outbox = outbox;
    this.server = server;
    this.onSent = onSent;
    addEventListener('online', () => this.kick());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.kick();
    });
  }

  get isSending(): boolean {
    return this.running !== null;
  }

  /** Something may be sent now. */
  kick(): void {
    if (this.stopped) return;
    if (this.running !== null) {
      this.again = true;
      return;
    }
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.running = this.turn().finally(() => {
      this.running = null;
      if (this.again) {
        this.again = false;
        this.kick();
      }
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  private async turn(): Promise<void> {
    await this.askBrowser();
    const sent = await navigator.locks.request(SEND_LOCK, () => sendWaiting(this.outbox, this.server));
    await this.onSent(sent);
    this.failures = sent.kind === 'no-network' || sent.kind === 'later' ? this.failures + 1 : 0;
    if (this.failures === 0 || this.stopped) return;
    this.timer = setTimeout(() => this.kick(), retryMs(this.failures, sent.kind === 'later' ? sent.waitMs : null));
  }

  /** So that it is sent although the app is closed before. Only Chromium has it; others send when the app is open. */
  private async askBrowser(): Promise<void> {
    const registration = (await navigator.serviceWorker?.getRegistration()) as SyncRegistration | undefined;
    await registration?.sync?.register(SEND_TAG).catch(() => undefined);
  }
}

// The app from the person's side: who is in, which screen is shown, and what each button does. It holds the desk once a
// PIN has opened it; before that there is only the way in.

import { inspectApp as wordsEn } from '../server/web/words/en/inspect-app.ts';
import { inspectApp as wordsVi, type InspectAppWords } from '../server/web/words/vi/inspect-app.ts';
import type { Html } from '../server/web/html.ts';
import {
  fromBase64,
  isSoundPin,
  makeDeviceKeys,
  makeLock,
  openByEscrow,
  openByPin,
  publicKeyText,
  type DeviceKeys,
  type Lock,
} from './core/keys.ts';
import { inAppBrowserOf } from './core/surroundings.ts';
import { ServerClock } from './core/proof.ts';
import type { Key } from './core/seal.ts';
import { Desk } from './desk.ts';
import { holdApp, joinTabs, type Told } from './device/between.ts';
import { keepMeta, openDatabase, outboxIn, readMeta, wipe, type Database, type Settings } from './device/database.ts';
import { AppServer, type SignedIn } from './device/server.ts';
import { Floor } from './floor.ts';
import { gateScreen, type Device, type Gate } from './gate.ts';
import type { View } from './screens/parts.ts';
import { Stage } from './screens/screen.ts';
import { warningsOf } from './screens/warnings.ts';

const SETTINGS: Settings = { language: 'vi', sun: false, sound: true };

export class App {
  private readonly stage: Stage;
  private readonly reader: string;
  private readonly tellTabs: (what: Told) => void;
  private database: Database | null = null;
  private settings: Settings = SETTINGS;
  private gate: Gate = { kind: 'opening' };
  private message = '';
  private warnings: readonly Html[] = [];
  private newVersion: ServiceWorker | null = null;
  private takesVersion = false;

  constructor(root: HTMLElement, reader: string) {
    this.stage = new Stage(root);
    this.reader = reader;
    this.tellTabs = joinTabs((what) => void this.heard(what));
    root.addEventListener('click', (event) => this.clicked(event));
    root.addEventListener('submit', (event) => this.submitted(event));
  }

  get words(): InspectAppWords {
    return this.settings.language === 'en' ? wordsEn : wordsVi;
  }

  /** @param isHere whether this is the tab that works */
  async begin(isHere: boolean): Promise<void> {
    const database = (this.database ??= await openDatabase());
    this.settings = (await readMeta(database, 'settings')) ?? SETTINGS;
    this.dress();
    if (!isHere) return this.go({ kind: 'other-tab' });
    const device = await readMeta(database, 'device');
    await this.warn();
    this.go(device === null ? { kind: 'sign-in', needsCode: false } : { kind: 'unlock', device });
  }

  /** Another tab works now. */
  lost(): void {
    this.closeFloor();
    this.go({ kind: 'other-tab' });
  }

  private async heard(what: Told): Promise<void> {
    if (what === 'wiped') return this.emptied();
    if (this.gate.kind === 'open') await this.gate.floor.desk.heard();
  }

  offerVersion(waiting: ServiceWorker): void {
    this.newVersion = waiting;
    void this.warn().then(() => this.draw());
  }

  versionTaken(): void {
    if (this.takesVersion) location.reload();
  }

  draw(): void {
    const { gate, words, message } = this;
    if (gate.kind === 'open') return this.stage.show(gate.floor.screen(this.view(gate.floor)));
    // Before the desk is open only what keeps people out of it is said.
    const warnings = inAppBrowserOf(navigator.userAgent) === null ? [] : this.warnings;
    const screen = gateScreen(gate, { words, message, warnings });
    if (screen !== null) this.stage.show(screen);
  }

  say(message: string): void {
    this.message = message;
    this.draw();
  }

  private view({ desk }: Floor): View {
    const { words, message, warnings, settings } = this;
    return { desk, words, language: settings.language, warnings, message };
  }

  private go(gate: Gate): void {
    this.gate = gate;
    this.message = '';
    this.stage.clear();
    this.draw();
  }

  private clicked(event: Event): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-do]') : null;
    if (target === null) return;
    event.preventDefault();
    void this.act(target.dataset['do'] ?? '', target.dataset['arg'] ?? '');
  }

  private submitted(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const fields = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value.trim() : '']),
    );
    void this.send(form.dataset['form'] ?? '', fields);
  }

  private async act(action: string, arg: string): Promise<void> {
    switch (action) {
      case 'language':
        return this.set({ language: this.settings.language === 'vi' ? 'en' : 'vi' });
      case 'sun':
        return this.set({ sun: !this.settings.sun });
      case 'sound':
        return this.set({ sound: !this.settings.sound });
      case 'understood':
        if (this.database !== null) await keepMeta(this.database, 'warned', true);
        await this.warn();
        return this.draw();
      case 'copy-link':
        return navigator.clipboard.writeText(location.href).catch(() => undefined);
      case 'new-version':
        this.takesVersion = true;
        return this.newVersion?.postMessage('take-over');
      case 'use-here':
        return this.begin(await holdApp(true, () => this.lost()));
      case 'sign-in-again':
      case 'forgot':
      case 'again':
        this.closeFloor();
        return this.go({ kind: 'sign-in', needsCode: false });
      case 'lock':
        return this.lockNow();
      case 'sign-out':
        return this.signOut();
      default:
        if (this.gate.kind === 'open') await this.gate.floor.act(action, arg);
    }
  }

  private async send(form: string, fields: Record<string, string>): Promise<void> {
    const { gate } = this;
    if (gate.kind === 'sign-in') return this.signIn(fields);
    if (gate.kind === 'new-pin') return this.choosePin(gate, fields);
    if (gate.kind === 'unlock') return this.unlock(gate.device, fields['pin'] ?? '');
    if (gate.kind === 'open') await gate.floor.send(form, fields);
  }

  private async set(change: Partial<Settings>): Promise<void> {
    this.settings = { ...this.settings, ...change };
    if (this.database !== null) await keepMeta(this.database, 'settings', this.settings);
    if (this.gate.kind === 'open') Object.assign(this.gate.floor.desk.settings, this.settings);
    this.dress();
    await this.warn();
    this.draw();
  }

  private dress(): void {
    document.documentElement.lang = this.settings.language;
    document.documentElement.classList.toggle('sun', this.settings.sun);
  }

  private async signIn(fields: Record<string, string>): Promise<void> {
    const database = this.openStore();
    const own = this.words.signIn;
    const before = await readMeta(database, 'device');
    const keys = before?.keys ?? (await makeDeviceKeys());
    const server = await this.serverFor(keys);
    const answer = await server.signIn({
      login: fields['login'] ?? '',
      password: fields['password'] ?? '',
      code: fields['code'] ?? null,
      device: { publicKey: await publicKeyText(keys), name: fields['device'] ?? '' },
    });
    switch (answer.kind) {
      case 'ok':
        return this.signedIn(answer.session, keys, before);
      case 'no-network':
        return this.say(own.noNetwork);
      case 'later':
        return this.say(own.tooMany);
      case 'shut':
        return this.shut();
      case 'locked':
        return this.say(own.wrong);
      case 'problem':
        if (answer.problem.code === 'second-step' && this.gate.kind === 'sign-in' && !this.gate.needsCode)
          return this.go({ kind: 'sign-in', needsCode: true });
        return this.say(answer.problem.code === 'not-allowed' ? own.notAllowed : own.wrong);
      default:
        return answer satisfies never;
    }
  }

  private async signedIn(session: SignedIn, keys: DeviceKeys, before: Device | null): Promise<void> {
    if (before === null || before.session.person.id === session.person.id)
      return this.go({ kind: 'new-pin', keys, session });
    // What lies here is another person's, and only that person can open and send it.
    const counts = await outboxIn(this.openStore(), before.keys.queue).counts();
    const unsent = counts.waiting + counts.refused;
    const own = this.words.signIn;
    await (await this.serverFor(keys)).signOut();
    this.say(unsent > 0 ? own.otherPerson(String(unsent)) : own.otherPersonClean);
  }

  private async choosePin(gate: Extract<Gate, { kind: 'new-pin' }>, fields: Record<string, string>): Promise<void> {
    const { pin = '', again = '' } = fields;
    const own = this.words.signIn;
    if (!isSoundPin(pin)) return this.say(own.pinWeak);
    if (pin !== again) return this.say(own.pinDiffers);
    const database = this.openStore();
    const { escrow, ...session } = gate.session;
    const before = await readMeta(database, 'device');
    const material = fromBase64(escrow);
    const opened = before === null ? null : await openByEscrow(before.lock, material, pin, gate.keys);
    const { lock, dataKey } = opened ?? (await makeLock(pin, material, gate.keys));
    const device: Device = { keys: gate.keys, lock, session };
    await keepMeta(database, 'device', device);
    await navigator.storage?.persist?.().catch(() => false);
    await this.enter(device, dataKey);
  }

  private async unlock(device: Device, pin: string): Promise<void> {
    const database = this.openStore();
    const keep = async (lock: Lock): Promise<void> => {
      device.lock = lock;
      await keepMeta(database, 'device', device);
    };
    const opened = await openByPin(device.lock, pin, device.keys, keep);
    const own = this.words.unlock;
    if (opened.kind === 'open') return this.enter(device, opened.dataKey);
    if (opened.kind === 'wrong') return this.say(own.wrong(String(opened.left)));
    this.go({ kind: 'sign-in', needsCode: false });
    this.say(own.destroyed);
  }

  private async enter(device: Device, dataKey: Key): Promise<void> {
    const database = this.openStore();
    const server = await this.serverFor(device.keys);
    const desk = new Desk({
      database,
      dataKey,
      device,
      settings: this.settings,
      clock: this.clock,
      server,
      changed: () => this.draw(),
      onShut: () => void this.shut(),
    });
    const floor = new Floor(desk, { host: this, reader: this.reader });
    await desk.open();
    this.go({ kind: 'open', floor });
    await this.warn();
    void this.lookAtSession(server);
  }

  /** Whether the session still holds; if not, people go on and send later, unless the office shut the phone. */
  private async lookAtSession(server: AppServer): Promise<void> {
    const answer = await server.session();
    if (answer.kind === 'shut') return this.shut();
    await this.warn();
    this.say(answer.kind === 'locked' ? this.words.ended.expiredText : this.message);
  }

  private async lockNow(): Promise<void> {
    this.closeFloor();
    const device = await readMeta(this.openStore(), 'device');
    if (device !== null) this.go({ kind: 'unlock', device });
  }

  /** The keys go first, and with them all that they open; then the server is told. */
  private async signOut(): Promise<void> {
    const server = this.gate.kind === 'open' ? this.gate.floor.desk.server : null;
    await this.forget();
    await server?.signOut();
    this.go({ kind: 'sign-in', needsCode: false });
  }

  private async shut(): Promise<void> {
    await this.forget();
    this.go({ kind: 'shut' });
  }

  /** Another tab or the service worker has taken all off the phone, and with it the database that was open here. */
  private async emptied(): Promise<void> {
    this.closeFloor();
    this.database = await openDatabase();
    // A tab that does not work still does not.
    if (this.gate.kind !== 'other-tab') this.go({ kind: 'shut' });
  }

  private async forget(): Promise<void> {
    this.closeFloor();
    await wipe(this.openStore());
    this.database = await openDatabase();
    await keepMeta(this.database, 'settings', this.settings);
    this.tellTabs('wiped');
  }

  private closeFloor(): void {
    if (this.gate.kind === 'open') void this.gate.floor.close();
  }

  private openStore(): Database {
    if (this.database === null) throw new TypeError('the database is not open');
    return this.database;
  }

  private clock = new ServerClock(() => Date.now(), 0);

  private async serverFor(keys: DeviceKeys): Promise<AppServer> {
    const database = this.openStore();
    this.clock.offsetMs = (await readMeta(database, 'offsetMs')) ?? 0;
    const server = new AppServer(keys, this.clock);
    server.onClock = () => void keepMeta(this.openStore(), 'offsetMs', this.clock.offsetMs);
    return server;
  }

  async warn(): Promise<void> {
    const warned = this.database === null ? false : ((await readMeta(this.database, 'warned')) ?? false);
    this.warnings = await warningsOf({
      words: this.words,
      warned,
      newVersion: this.newVersion !== null,
      offsetMs: this.clock.offsetMs,
    });
  }
}

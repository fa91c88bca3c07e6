// The screens of an open desk and what their buttons do: which one is shown, the camera, the scanner, the photos.

import type { PackChoice } from '../server/domain/pack/pack-format.ts';
import type { Position } from './core/wire.ts';
import type { Desk } from './desk.ts';
import type { PackFault, PackPreview } from './device/pack-desk.ts';
import { findPosition } from './device/phone.ts';
import { orNull, type Host, type Place } from './places.ts';
import { RoundFloor } from './round-floor.ts';
import { homeScreen, settingsScreen, waitingScreen, type Refused } from './screens/home.ts';
import { packsScreen, PRODUCER_FIELD } from './screens/packs.ts';
import type { View } from './screens/parts.ts';
import { infoScreen, newRoundScreen, roundScreen, typeScreen } from './screens/round.ts';
import type { Screen } from './screens/screen.ts';
import { stampScreen } from './screens/stamp.ts';

export class Floor {
  readonly desk: Desk;
  private readonly host: Host;
  private readonly stamps: RoundFloor;
  private readonly stops = new AbortController();
  private places: Place[] = [{ kind: 'home' }];
  private position: Position | null = null;
  private preview: { choice: PackChoice; size: PackPreview } | null = null;
  private producers: readonly { id: string; name: string }[] = [];
  private refused: Refused[] = [];
  private asksToSignOut = false;

  /** @param reader address of the script that reads symbols */
  constructor(desk: Desk, { host, reader }: { host: Host; reader: string }) {
    this.desk = desk;
    this.host = host;
    const ways = {
      here: () => this.place,
      enter: (place: Place) => this.enter(place),
      swap: (place: Place) => this.swap(place),
      openRound: (clientId: string) => this.openRound(clientId),
    };
    this.stamps = new RoundFloor(desk, { host, ways, reader });
    const { signal } = this.stops;
    addEventListener('popstate', () => this.back(), { signal });
    addEventListener('keydown', (event) => this.stamps.pressed(event), { signal });
    addEventListener('pagehide', () => this.stamps.stop(), { signal });
    document.addEventListener('visibilitychange', () => void this.stamps.keepTyped(), { signal });
  }

  async close(): Promise<void> {
    this.stops.abort();
    this.stamps.stop();
    this.stamps.pictures.drop();
    await this.desk.close();
  }

  screen(view: View): Screen {
    const { place } = this;
    switch (place.kind) {
      case 'home':
        return homeScreen(view);
      case 'new-round':
        return newRoundScreen(view, place.plan, this.positionText(view));
      case 'round':
        return roundScreen(view, this.stamps.view);
      case 'type':
        return typeScreen(view);
      case 'info':
        return infoScreen(view);
      case 'stamp': {
        const item = this.desk.items.find(({ clientId }) => clientId === place.clientId);
        return item === undefined ? homeScreen(view) : stampScreen(view, item, this.stamps.pictures);
      }
      case 'packs':
        return packsScreen(view, this.preview, this.producers);
      case 'waiting':
        return waitingScreen(view, this.refused);
      case 'settings':
        return settingsScreen(view, this.asksToSignOut);
      default:
        return place satisfies never;
    }
  }

  async act(action: string, arg: string): Promise<void> {
    this.stamps.tapped();
    switch (action) {
      case 'back':
        return history.back();
      case 'settings':
        this.asksToSignOut = false;
        return this.enter({ kind: 'settings' });
      case 'ask-sign-out':
        this.asksToSignOut = true;
        return this.host.draw();
      case 'waiting':
        return this.showWaiting();
      case 'send':
        return this.desk.sendNow();
      case 'retry':
      case 'dismiss':
        await this.desk.decide(action, JSON.parse(arg) as Refused['what']);
        return this.showWaiting();
      case 'packs':
        this.preview = null;
        this.enter({ kind: 'packs' });
        this.producers = await this.desk.packs.producers();
        return this.host.draw();
      case 'load-pack':
        return this.loadPack(this.preview?.choice ?? null);
      case 'update-pack':
        return this.loadPack(JSON.parse(arg) as PackChoice);
      case 'remove-pack':
        return this.desk.packs.remove(arg);
      case 'new-round':
        this.position = null;
        return this.enter({ kind: 'new-round', plan: null });
      case 'plan':
        return this.openPlan(arg);
      case 'round':
        return this.openRound(arg);
      case 'position':
        this.position = await findPosition(this.desk.clock);
        return this.host.say(this.position === null ? this.host.words.round.positionDenied : '');
      default:
        return this.stamps.act(action, arg);
    }
  }

  async send(form: string, fields: Record<string, string>): Promise<void> {
    const { words } = this.host;
    switch (form) {
      case 'new-round':
        return this.beginRound(fields);
      case 'type':
        return this.stamps.takeTyped(fields['code'] ?? '');
      case 'foreign':
        return this.stamps.takeForeign(fields['read'] ?? '');
      case 'info': {
        const met = fields['met'] === '' ? [] : [{ name: fields['met'] ?? '', role: orNull(fields['role']) }];
        await this.desk.changeRound({ met, kept: orNull(fields['kept']), note: orNull(fields['note']) });
        return this.host.say(words.stamp.saved);
      }
      case 'pack':
        return this.previewPack(fields);
      case 'finding':
        return this.stamps.saveFinding();
      default:
    }
  }

  private get place(): Place {
    return this.places.at(-1) ?? { kind: 'home' };
  }

  private enter(place: Place): void {
    if (this.place.kind === place.kind && place.kind !== 'stamp') return this.host.draw();
    this.places.push(place);
    history.pushState(null, '');
    this.show();
  }

  private back(): void {
    void this.stamps.keepTyped();
    if (this.places.length > 1) this.places.pop();
    this.show();
  }

  /** In place of the screen that is shown. */
  private swap(place: Place): void {
    this.places[this.places.length - 1] = place;
    this.show();
  }

  private show(): void {
    this.stamps.left(this.place);
    this.host.say('');
  }

  private async openRound(clientId: string): Promise<void> {
    const round = this.desk.rounds.find((one) => one.clientId === clientId);
    if (round === undefined) return;
    await this.desk.enter(round);
    this.stamps.showAll();
    this.enter({ kind: 'round' });
  }

  private async openPlan(id: string): Promise<void> {
    const plan = this.desk.plans.find((one) => one.id === id);
    if (plan === undefined) return;
    this.position = null;
    if (plan.state === 'planned') return this.enter({ kind: 'new-round', plan });
    await this.desk.takeOver(plan);
    this.enter({ kind: 'round' });
  }

  private async beginRound(fields: Record<string, string>): Promise<void> {
    const { name = '', commune, province, met = '', role } = fields;
    if (name === '') return this.host.say(this.host.words.round.needsPlace);
    const plan = this.place.kind === 'new-round' ? this.place.plan : null;
    await this.desk.openRound({
      place: { name, commune: orNull(commune), province: orNull(province), detail: null },
      met: met === '' ? [] : [{ name: met, role: orNull(role) }],
      planned: plan,
      position: this.position,
    });
    this.stamps.showAll();
    this.swap({ kind: 'round' });
  }

  private positionText({ words }: View): string {
    return this.position === null ? '' : words.round.positionTaken(String(Math.round(this.position.accuracyM)));
  }

  private async showWaiting(): Promise<void> {
    const [ops, photos] = await Promise.all([this.desk.outbox.ops(), this.desk.outbox.photos()]);
    this.refused = [
      ...ops.flatMap(({ seq, op, refused }): Refused[] =>
        refused === null ? [] : [{ what: { op: seq }, kind: op.kind, detail: refused.detail }],
      ),
      ...photos.flatMap(({ clientId, refused }): Refused[] =>
        refused === null ? [] : [{ what: { photo: clientId }, kind: 'photo', detail: refused.detail }],
      ),
    ];
    this.enter({ kind: 'waiting' });
  }

  private async previewPack(fields: Record<string, string>): Promise<void> {
    const chosen = Object.keys(fields).filter((name) => name.startsWith(PRODUCER_FIELD));
    const { province = '', commune = '' } = fields;
    const choice: PackChoice =
      chosen.length > 0
        ? { producers: chosen.map((name) => name.slice(PRODUCER_FIELD.length)) }
        : { province, commune: orNull(commune) };
    const size = await this.desk.packs.preview(choice);
    this.preview = typeof size === 'string' ? null : { choice, size };
    this.host.say(typeof size === 'string' ? this.faultText(size) : '');
  }

  private async loadPack(choice: PackChoice | null): Promise<void> {
    if (choice === null) return;
    const fault = await this.desk.packs.load(choice);
    this.preview = null;
    this.host.say(fault === null ? this.host.words.packs.loaded : this.faultText(fault));
  }

  private faultText(fault: PackFault): string {
    const { packs, warnings } = this.host.words;
    switch (fault) {
      case 'too-large':
        return packs.tooLarge('1.000.000');
      case 'room':
        return warnings.roomNone;
      case 'old-browser':
        return packs.oldBrowser;
      case 'whole':
        return packs.failed;
      case 'broken':
      case 'failed':
      case 'nothing':
      case 'unsigned':
        return packs[fault];
      default:
        return fault satisfies never;
    }
  }
}

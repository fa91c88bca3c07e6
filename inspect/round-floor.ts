// The stamps of a round and what is done with them: camera, scanner, typed codes, photographs, findings, papers.

import { FINDINGS, type Finding } from '../server/domain/market/inspection.ts';
import { readCarriedCode } from '../server/domain/stamp/carried-code.ts';
import { isToSee, type KeptItem } from './core/round-book.ts';
import { roomState } from './core/surroundings.ts';
import { TypedKeys } from './core/typed-keys.ts';
import { PHOTOS_MAX, type Desk } from './desk.ts';
import { Camera } from './device/camera.ts';
import { chooseFile, findPosition, openPaper } from './device/phone.ts';
import { Pictures } from './device/pictures.ts';
import { Reader } from './device/reader.ts';
import { shrinkPhoto } from './device/shrink-photo.ts';
import { Signals } from './device/signals.ts';
import { orNull, type Host, type Place, type Ways } from './places.ts';
import type { CameraView } from './screens/round.ts';
import { readRoom } from './screens/warnings.ts';

const MEBIBYTE = 1_048_576;
/** The camera sees a stamp in many frames: until it was out of sight so long, it is the same look at it. */
const SAME_LOOK_MS = 2_500;

export class RoundFloor {
  readonly pictures: Pictures;
  private readonly desk: Desk;
  private readonly host: Host;
  private readonly ways: Ways;
  private readonly signals = new Signals();
  private readonly reader: Reader;
  private readonly camera: Camera;
  private readonly typed = new TypedKeys();
  private torchOn = false;
  private onlyToSee = false;
  private duplicate: { first: KeptItem; read: string } | null = null;
  private seen = { text: '', atMs: 0 };

  /** @param reader address of the script that reads symbols */
  constructor(desk: Desk, parts: { host: Host; ways: Ways; reader: string }) {
    this.desk = desk;
    this.pictures = new Pictures(desk.server);
    this.host = parts.host;
    this.ways = parts.ways;
    this.reader = new Reader(parts.reader);
    this.camera = new Camera(this.reader, (texts) => void this.sawTexts(texts));
  }

  get view(): CameraView {
    const { camera, torchOn, onlyToSee, duplicate } = this;
    const { video, isOn, hasTorch } = camera;
    return { video, isOn, hasTorch, torchOn, onlyToSee, duplicate: duplicate?.first ?? null };
  }

  /** A note that was typed is kept also when nobody saves it: the phone is put away, or Back is pressed. */
  async keepTyped(): Promise<void> {
    const item = this.hereItem();
    if (item !== null) await this.keepFinding(item, item.finding);
  }

  /** Another screen is shown now. */
  left(place: Place): void {
    this.duplicate = null;
    if (place.kind !== 'round') this.stop();
  }

  stop(): void {
    this.torchOn = false;
    this.camera.stop();
  }

  /** A tap: browsers let a page sound only after one. */
  tapped(): void {
    this.signals.wake();
    this.signals.sound = this.desk.settings.sound;
  }

  showAll(): void {
    this.onlyToSee = false;
  }

  pressed(event: KeyboardEvent): void {
    if (this.ways.here().kind !== 'round' || event.target instanceof HTMLInputElement) return;
    const read = this.typed.press(event.key, event.timeStamp);
    if (read === null) return;
    event.preventDefault();
    void this.takeText(read);
  }

  async act(action: string, arg: string): Promise<void> {
    const { words } = this.host;
    switch (action) {
      case 'camera':
        return this.startCamera();
      case 'torch':
        this.torchOn = (await this.camera.setTorch(!this.torchOn)) ? !this.torchOn : false;
        return this.host.draw();
      case 'type':
        return this.ways.enter({ kind: 'type' });
      case 'photo-code':
        return this.readPhoto();
      case 'to-see':
        this.onlyToSee = !this.onlyToSee;
        return this.host.draw();
      case 'again':
        return this.takeAgain();
      case 'info':
        return this.ways.enter({ kind: 'info' });
      case 'stamp':
        return this.openStamp(arg);
      case 'see-alarm':
        return this.seeAlarm(arg);
      case 'finding': {
        const { latest, items } = this.desk;
        const item = items.find(isToSee) === undefined ? latest : (latest ?? items.findLast(isToSee) ?? null);
        return item === null ? this.ways.enter({ kind: 'type' }) : this.openStamp(item.clientId);
      }
      case 'chip':
        return this.chooseFinding(arg);
      case 'photo':
        return this.takePhoto();
      case 'save-finding':
        return this.saveFinding();
      case 'round-position': {
        const position = await findPosition(this.desk.clock);
        if (position === null) return this.host.say(words.round.positionDenied);
        return this.desk.changeRound({ position });
      }
      case 'finish':
        await this.desk.closeRound();
        return this.host.say(words.stamp.saved);
      case 'record-pdf':
      case 'record-xlsx':
        return this.openRecord(action === 'record-pdf' ? 'pdf' : 'xlsx');
      default:
    }
  }

  private async startCamera(): Promise<void> {
    const { words } = this.host;
    const fault = await this.camera.start();
    if (fault !== null) return this.host.say(fault === 'denied' ? words.reading.denied : words.reading.noCamera);
    this.host.say('');
  }

  private async sawTexts(texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      const now = performance.now();
      const isSameLook = text === this.seen.text && now - this.seen.atMs < SAME_LOOK_MS;
      this.seen = { text, atMs: now };
      if (!isSameLook) await this.takeText(text);
    }
  }

  private async takeText(text: string, isSecond = false): Promise<KeptItem | null> {
    const taken = await this.desk.take(text, isSecond);
    if (taken.kind === 'not-kept') {
      this.signals.give('look');
      this.host.say(this.host.words.reading.notKept);
      return null;
    }
    if (taken.kind === 'duplicate') {
      this.duplicate = { first: taken.first, read: text };
      this.signals.give('look');
      this.host.draw();
      return null;
    }
    this.duplicate = null;
    this.signals.give(isToSee(taken.item) ? 'look' : 'calm');
    this.host.draw();
    return taken.item;
  }

  private async takeAgain(): Promise<void> {
    if (this.duplicate !== null) await this.takeText(this.duplicate.read, true);
  }

  async takeTyped(text: string): Promise<void> {
    const { words } = this.host;
    const { parsed } = readCarriedCode(text);
    if (!parsed.ok) {
      const { fault } = parsed;
      if (fault.kind === 'symbol') return this.host.say(words.reading.badSymbol(fault.symbol));
      return this.host.say(words.reading.malformed(String(fault.symbols)));
    }
    await this.takeText(text);
    history.back();
  }

  /** Goods with a foreign stamp: what it says is the code. */
  async takeForeign(text: string): Promise<void> {
    if (text === '') return this.host.say(this.host.words.stamp.noCodeText);
    const item = await this.takeText(text, true);
    if (item !== null) this.ways.swap({ kind: 'stamp', clientId: item.clientId });
  }

  private async readPhoto(): Promise<void> {
    const { words } = this.host;
    const file = await chooseFile();
    if (file === null) return;
    const bitmap = await createImageBitmap(file).catch(() => null);
    if (bitmap === null) return this.host.say(words.reading.noPicture);
    const texts = await this.reader.read(bitmap, true);
    if (texts === null) return this.host.say(words.reading.noReader);
    if (texts.length === 0) return this.host.say(words.reading.noneInPhoto);
    for (const text of texts) await this.takeText(text);
    if (this.ways.here().kind === 'type') history.back();
  }

  private async openStamp(clientId: string): Promise<void> {
    this.ways.enter({ kind: 'stamp', clientId });
    const item = this.desk.items.find((one) => one.clientId === clientId);
    if (item === undefined || item.code === null) return;
    if (!this.desk.known.has(item.code)) await this.desk.askServer(item, item.code);
    const known = this.desk.known.get(item.code);
    if (known === undefined || known === 'not-ours') return;
    if (await this.pictures.load(known.look.map(({ url }) => url))) this.host.draw();
  }

  private async seeAlarm(clientId: string): Promise<void> {
    const [item] = this.desk.alarms;
    this.desk.hearAlarm();
    if (item !== undefined && item.round !== this.desk.round?.clientId) await this.ways.openRound(item.round);
    await this.openStamp(clientId);
  }

  private hereItem(): KeptItem | null {
    const place = this.ways.here();
    if (place.kind !== 'stamp') return null;
    return this.desk.items.find(({ clientId }) => clientId === place.clientId) ?? null;
  }

  /** A tap keeps it at once: a phone put away must not lose it. */
  private async chooseFinding(kind: string): Promise<void> {
    const item = this.hereItem();
    const finding = FINDINGS.find((known) => known === kind) ?? null;
    if (item === null || finding === null) return;
    await this.keepFinding(item, finding === item.finding ? null : finding);
  }

  async saveFinding(): Promise<void> {
    const item = this.hereItem();
    if (item === null) return;
    if (await this.keepFinding(item, item.finding)) history.back();
  }

  private async keepFinding(
    { clientId, note: before, finding: was }: KeptItem,
    finding: Finding | null,
  ): Promise<boolean> {
    const typed = document.querySelector<HTMLTextAreaElement>('[name="note"]')?.value.trim();
    const note = typed === undefined ? before : orNull(typed);
    if (note === before && finding === was) return true;
    const isKept = await this.desk.setFinding(clientId, { finding, note });
    if (!isKept) this.host.say(this.host.words.reading.notKept);
    return isKept;
  }

  private async takePhoto(): Promise<void> {
    const { words } = this.host;
    const item = this.hereItem();
    if (item === null) return;
    if (item.photos >= PHOTOS_MAX) return this.host.say(words.stamp.photosMost);
    const room = await readRoom();
    if (room !== null && roomState(room) === 'none') return this.host.say(words.warnings.roomNone);
    const file = await chooseFile();
    if (file === null) return;
    const photo = await shrinkPhoto(file).catch(() => null);
    if (photo === null) return this.host.say(words.reading.noPicture);
    const isKept = await this.desk.addPhoto(item.clientId, photo);
    await this.host.warn();
    const after = await readRoom();
    const isLow = after !== null && roomState(after) === 'low';
    const left = isLow
      ? words.warnings.roomLow(String(Math.floor((after.quotaBytes - after.usedBytes) / MEBIBYTE)))
      : '';
    this.host.say(isKept ? `${words.stamp.photoKept} ${left}`.trim() : words.reading.notKept);
  }

  private async openRecord(kind: 'pdf' | 'xlsx'): Promise<void> {
    const id = this.desk.round?.id ?? null;
    if (id === null) return;
    const bytes = await this.desk.server.file(`/api/v1/rounds/${id}/record.${kind}`, () => undefined);
    if (bytes instanceof Uint8Array) return openPaper(bytes, kind, this.desk.round?.number ?? 'bien-ban');
    this.host.say(this.host.words.round.recordLater);
  }
}

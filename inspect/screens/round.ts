// The screens of a round: how it begins, the camera with the last verdict and the list, typing a code, and what is
// written about the round.

import { html, type Html } from '../../server/web/html.ts';
import { isToSee, tallyOf, type KeptItem } from '../core/round-book.ts';
import type { WireRound } from '../core/wire.ts';
import { colourOf, icon, markOf } from './marks.ts';
import {
  aboutText,
  button,
  clockText,
  field,
  fixedParts,
  head,
  itemRow,
  number,
  submit,
  whenText,
  type View,
} from './parts.ts';
import type { Screen } from './screen.ts';

const MESSAGE = html`<div data-part="message"></div>`;

export function newRoundScreen(view: View, plan: WireRound | null, position: string): Screen {
  const { words, desk } = view;
  const own = words.round;
  const place = plan?.place;
  const fields = [
    field('name', own.place, { value: place?.name ?? '', hint: own.placeHint, focus: true }),
    field('commune', own.commune, { value: place?.commune ?? '' }),
    field('province', own.province, { value: place?.province ?? desk.session.office?.province ?? '' }),
    field('met', own.met),
    field('role', own.metRole),
  ];
  const where = html`<div data-part="position"></div><small>${own.positionHint}</small>`;
  return {
    id: `new-round ${plan?.id ?? ''} ${view.language}`,
    title: words.home.start,
    frame: html`${head(words.home.start, words, true)}<form class="p" data-form="new-round">${fields}${where}${MESSAGE}${submit(own.begin)}</form>`,
    parts: { ...fixedParts(view), position: button('position', position === '' ? own.position : position) },
  };
}

/** What of the camera the round's screen shows. */
export interface CameraView {
  video: HTMLVideoElement;
  isOn: boolean;
  hasTorch: boolean;
  torchOn: boolean;
  onlyToSee: boolean;
  duplicate: KeptItem | null;
}

export function roundScreen(view: View, camera: CameraView): Screen {
  const { words, desk } = view;
  const type = html`<button class="tool" data-do="type" aria-label="${words.reading.type}">${icon('keyboard')}</button>`;
  const tools = html`${type}<span data-part="torch"></span>`;
  const seen = html`<div class="camera"><div id="video"></div><div data-part="camera"></div></div><div data-part="bar" role="status"></div><div data-part="tally"></div>`;
  return {
    id: `round ${desk.round?.clientId ?? ''} ${view.language}`,
    title: desk.round?.place.name ?? '',
    frame: html`${head(words.title, words, true, tools)}${seen}${MESSAGE}<ul class="list" data-part="list"></ul><div class="foot"><div data-part="foot"></div></div>`,
    parts: {
      ...fixedParts(view),
      torch: torch(view, camera),
      camera: cameraButtons(view, camera),
      bar: bar(view, camera),
      tally: tally(view),
      list: list(view, camera),
      foot: foot(view, camera),
    },
    ready: (root) => root.querySelector('#video')?.append(camera.video),
  };
}

function torch({ words }: View, { hasTorch, torchOn }: CameraView): Html {
  const label = torchOn ? words.reading.torchOff : words.reading.torchOn;
  const pressed = torchOn ? 'true' : 'false';
  return html`${
    hasTorch &&
    html`<button class="tool" data-do="torch" aria-pressed="${pressed}" aria-label="${label}">${icon('torch')}</button>`
  }`;
}

function cameraButtons({ words }: View, { isOn }: CameraView): Html {
  if (isOn) return html`<span class="frame" aria-hidden="true"></span>`;
  return html`${button('camera', words.reading.start, { filled: true })}${button('photo-code', words.reading.photo)}`;
}

/** The last verdict, or the code that the round has already. */
function bar(view: View, { duplicate }: CameraView): Html {
  const { words, desk } = view;
  if (duplicate !== null) {
    const again = button('again', words.reading.again);
    return html`<div class="bar a">${markOf('suspect')}<div><b>${words.reading.duplicate(clockText(duplicate.at))} · <span class="code">${duplicate.lastFour}</span></b><p>${words.reading.duplicateText}</p>${again}</div></div>`;
  }
  const { latest } = desk;
  if (latest === null) return html`<div class="bar y empty"><p>${words.round.empty}</p></div>`;
  const { shown, lastFour, clientId } = latest;
  const title = html`<b>${words.shown[shown]} · <span class="code" aria-label="${words.last}">${lastFour}</span></b>`;
  return html`<button class="bar ${colourOf(shown)}" data-do="stamp" data-arg="${clientId}">${markOf(shown)}<div>${title}<p>${aboutText(latest, words)}</p></div></button>`;
}

function tally(view: View): Html {
  const { all, inOrder, toSee, waiting } = tallyOf(view.desk.items);
  const { round: own } = view.words;
  const one = (count: number, text: string, look: string): Html =>
    html`<span class="${look}"><b>${number(count, view)}</b> ${text}</span>`;
  return html`<p class="tally">${[
    one(all, own.tallyAll, ''),
    one(inOrder, own.tallyInOrder, ''),
    toSee > 0 && one(toSee, own.tallyToSee, 'bad'),
    waiting > 0 && one(waiting, own.tallyWaiting, 'wait'),
  ]}</p>`;
}

function list(view: View, { onlyToSee }: CameraView): Html {
  const shown = view.desk.items.filter((item) => !onlyToSee || isToSee(item)).toReversed();
  return html`${shown.map((item) => itemRow(item, view))}`;
}

function foot(view: View, { onlyToSee }: CameraView): Html {
  const { words, desk } = view;
  const { toSee } = tallyOf(desk.items);
  const other = onlyToSee ? words.round.allStamps : words.round.toSee(number(toSee, view));
  const way = toSee > 0 || onlyToSee ? button('to-see', other) : button('info', words.round.info);
  return html`${way}${button('finding', words.round.record, { filled: true })}`;
}

/** A code by hand, a scanner that types, or a photo. */
export function typeScreen(view: View): Screen {
  const { words } = view;
  const own = words.reading;
  const typed = html`<label>${own.typeLabel}<input name="code" class="code" autocomplete="off" autocapitalize="characters" spellcheck="false" enterkeyhint="done" autofocus><small>${own.typeHint}</small></label>`;
  const form = html`<form data-form="type">${typed}${MESSAGE}${submit(own.take)}</form>`;
  const foreign = html`<h2>${words.stamp.noCode}</h2><p class="muted">${words.stamp.noCodeText}</p><form data-form="foreign">${field('read', words.stamp.noCodeRead)}<button class="b">${words.round.record}</button></form>`;
  return {
    id: `type ${view.language}`,
    title: own.type,
    frame: html`${head(own.type, words, true)}<div class="p">${form}<p>${button('photo-code', own.photo)}</p>${foreign}</div>`,
    parts: fixedParts(view),
  };
}

export function infoScreen(view: View): Screen {
  const { words, desk } = view;
  const own = words.round;
  const round = desk.round;
  const [met] = round?.met ?? [];
  const fields = [
    field('met', own.met, { value: met?.name ?? '' }),
    field('role', own.metRole, { value: met?.role ?? '' }),
    field('kept', own.kept, { value: round?.kept ?? '' }),
    html`<label>${own.note}<textarea name="note" rows="3">${round?.note ?? ''}</textarea></label>`,
  ];
  return {
    id: `info ${round?.clientId ?? ''} ${view.language}`,
    title: own.info,
    frame: html`${head(own.info, words, true)}<div class="p"><h2>${round?.place.name ?? ''}</h2><div data-part="state"></div><form data-form="info">${fields}${MESSAGE}<button class="b">${words.save}</button></form><div data-part="position"></div><div data-part="end"></div></div>`,
    parts: {
      ...fixedParts(view),
      state: roundState(view),
      position: button('round-position', positionText(view)),
      end: roundEnd(view),
    },
  };
}

function positionText({ desk, words }: View): string {
  const position = desk.round?.position ?? null;
  if (position === null) return words.round.position;
  return words.round.positionTaken(String(Math.round(position.accuracyM)));
}

function roundState({ desk, words }: View): Html {
  const round = desk.round;
  const own = words.round;
  const name = round?.number ?? null;
  const closed = round?.closedAt ?? null;
  return html`<p>${name === null ? own.numberLater : own.number(name)}</p>${closed !== null && html`<p>${own.finished(whenText(closed))}</p>`}`;
}

function roundEnd({ desk, words }: View): Html {
  const round = desk.round;
  const own = words.round;
  const finish =
    round?.closedAt === null && html`${button('finish', own.finish, { filled: true })}<small>${own.finishText}</small>`;
  const isSent = round?.id !== null && round?.id !== undefined && desk.waiting.ops + desk.waiting.photos === 0;
  const papers =
    isSent && desk.isOnline
      ? html`${button('record-pdf', own.recordPdf)}${button('record-xlsx', own.recordXlsx)}`
      : html`<p class="muted">${own.recordLater}</p>`;
  return html`${finish}${papers}`;
}

// One stamp of a round: what is shown for it and why, what the server knows that consumers do not see, and the finding.

import { html, raw, type Html } from '../../server/web/html.ts';
import { formatStampCode } from '../../server/domain/stamp/stamp-code.ts';
import { FINDINGS } from '../../server/domain/market/inspection.ts';
import type { KeptItem } from '../core/round-book.ts';
import type { StampKnown } from '../core/wire.ts';
import { PHOTOS_MAX } from '../desk.ts';
import type { Pictures } from '../device/pictures.ts';
import { aboutText, button, dayText, fixedParts, head, number, shortText, whenText, type View } from './parts.ts';
import { colourOf, markOf } from './marks.ts';
import type { Screen } from './screen.ts';

/** Longer lists are for the office's screen. */
const ROWS_SHOWN = 8;

export function stampScreen(view: View, item: KeptItem, pictures: Pictures): Screen {
  const { words } = view;
  const title = item.serial === null ? words.stamp.foreign : words.stamp.heading(number(item.serial, view));
  const own = words.stamp;
  const note = html`<textarea name="note" rows="3" aria-label="${own.note}" placeholder="${own.note}">${item.note ?? ''}</textarea>`;
  const finding = html`<form class="p" data-form="finding"><h2>${own.finding}</h2><div data-part="chips"></div>${note}<div data-part="message"></div></form>`;
  return {
    id: `stamp ${item.clientId} ${view.language}`,
    title,
    frame: html`${head(title, words, true)}<div data-part="bar"></div><div class="p" data-part="facts"></div>${finding}<div class="foot"><div data-part="foot"></div></div>`,
    parts: {
      ...fixedParts(view),
      bar: verdictBar(item, view),
      facts: facts(item, view, pictures),
      chips: chips(item, view),
      foot: foot(item, view),
    },
  };
}

function verdictBar(item: KeptItem, { words }: View): Html {
  const { shown } = item;
  return html`<div class="bar ${colourOf(shown)}">${markOf(shown)}<div><b>${words.shown[shown]}</b><p>${aboutText(item, words)}</p></div></div>`;
}

function facts(item: KeptItem, view: View, pictures: Pictures): Html {
  const { desk, words } = view;
  const known = item.code === null ? undefined : desk.known.get(item.code);
  const code =
    item.code === null
      ? html`<p class="muted">${words.stamp.read}</p><p class="code">${item.read.slice(0, 256)}</p>`
      : codeLine(item.code);
  if (known !== undefined && known !== 'not-ours') return html`${code}${knownFacts(known, view, pictures)}`;
  const edition = item.offline?.edition;
  const byPack =
    item.source === 'pack' &&
    edition !== undefined &&
    html`<p class="muted">${words.stamp.packNote(shortText(edition))}</p>`;
  const asked =
    item.code !== null &&
    item.source !== 'server' &&
    html`<p class="muted">${desk.isOnline ? words.stamp.asking : words.stamp.notAsked}</p>`;
  return html`${code}${packFacts(item, view)}${byPack}${asked}`;
}

function codeLine(code: string): Html {
  const text = formatStampCode(code);
  return html`<p class="whole code">${text.slice(0, -4)}<u>${text.slice(-4)}</u></p>`;
}

/** What the pack knows; the server says more. */
function packFacts(item: KeptItem, { desk, words }: View): Html {
  if (item.offline?.ours !== true || item.batchId === null || item.serial === null) return html``;
  const pack = desk.packs.set.packOf(item.batchId, desk.clock.ms());
  const stamp = pack?.index.stampFactsOf(item.batchId, item.serial) ?? null;
  const batch = pack?.index.batchFactsOf(item.batchId) ?? null;
  if (stamp === null || batch === null) return html``;
  return list([
    [
      words.stamp.goesOn,
      html`<b>${stamp.product?.name ?? words.stamp.none}</b>${stamp.product?.unit != null && html`, ${stamp.product.unit}`}`,
    ],
    [words.stamp.producer, batch.producer.name],
    [words.stamp.lot, stamp.lot === null ? words.stamp.none : `${stamp.lot.number}, ${dayText(stamp.lot.expiresOn)}`],
  ]);
}

function list(rows: readonly (readonly [string, Html | string])[]): Html {
  return html`<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

function knownFacts(known: StampKnown, view: View, pictures: Pictures): Html {
  const { words } = view;
  const own = words.stamp;
  const { product, producer, lot, rating } = known;
  const main = list([
    [own.goesOn, html`<b>${product?.name ?? own.none}</b>${product?.unit != null && html`, ${product.unit}`}`],
    [own.producer, producer.name],
    [own.lot, lot === null ? own.none : `${lot.number}, ${dayText(lot.expiresOn)}`],
    [own.rating, ratingText(rating, view)],
  ]);
  return html`${[
    main,
    looks(known, view, pictures),
    warnings(known, view),
    suspicion(known, view),
    places(known, view),
    neighbours(known, view),
    papers(known, view),
  ]}`;
}

function ratingText(rating: StampKnown['rating'], { words }: View): string {
  if (rating === null) return words.stamp.none;
  const isIn = rating.state === 'valid' || rating.state === 'extended';
  return (isIn ? words.stamp.stars : words.stamp.lapsed)(String(rating.stars), dayText(rating.expiresOn));
}

/** What the true goods look like, with the stamp in its place. */
function looks({ look }: StampKnown, { words }: View, pictures: Pictures): Html {
  const shown = look.slice(0, ROWS_SHOWN).flatMap(({ url, note }) => {
    const address = pictures.addressOf(url);
    if (address === null) return [];
    return [
      html`<figure><img src="${address}" alt="${note ?? words.stamp.look}"><figcaption>${note}</figcaption></figure>`,
    ];
  });
  return part(words.stamp.look, shown.length > 0 && html`<div class="looks">${shown}</div>`);
}

function part(title: string, body: Html | false): Html {
  return html`${body !== false && html`<section><h2>${title}</h2>${body}</section>`}`;
}

function suspicion({ suspicions }: StampKnown, { words, language }: View): Html {
  const names: Readonly<Record<string, string>> = SUSPICION_WORDS[language];
  const rows = suspicions.map((reason) => html`<li>${names[reason] ?? reason}</li>`);
  return part(words.stamp.why, rows.length > 0 && html`<ul class="why">${rows}</ul>`);
}

/** In the words of the office's cases, without their counts. */
const SUSPICION_WORDS = {
  vi: {
    'found-copied': 'văn phòng đã kết luận tem bị sao chép',
    'far-apart': 'được quét ở những nơi quá xa nhau trong thời gian ngắn',
    'strangers-after-pin': 'mạng lạ quét sau khi mã cào đã dùng',
    'many-visitors': 'nhiều người quét một con tem thời gian gần đây',
    'scanned-before-activation': 'được quét khi tem chưa kích hoạt',
    'pin-guessing': 'thử mã cào sai liên tiếp',
  },
  en: {
    'found-copied': 'the office has found that it was copied',
    'far-apart': 'scanned in places too far apart for the time between',
    'strangers-after-pin': 'strangers scanned it after its PIN was used',
    'many-visitors': 'many people scanned this one stamp lately',
    'scanned-before-activation': 'scanned before it was activated',
    'pin-guessing': 'wrong PINs in a row',
  },
} as const;

function places({ scans }: StampKnown, view: View): Html {
  const { words } = view;
  const most = Math.max(1, ...scans.byProvince.map(({ scans: count }) => count));
  const rows = scans.byProvince.slice(0, ROWS_SHOWN).map(
    ({ province, scans: count }) =>
      html`<li>
<span>${province}</span>${raw(`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
<path d="M0 0h${Math.round((count / most) * 100)}v10H0z"/></svg>`)}<b>${number(count, view)}</b></li>`,
  );
  const line =
    scans.count > 0 &&
    html`<p class="muted">${words.stamp.scans(number(scans.count, view))}. ${words.stamp.firstLast(dayText(scans.firstOn), dayText(scans.lastOn))}</p>`;
  return part(words.stamp.places, scans.count > 0 && html`<ul class="bars">${rows}</ul>${line}`);
}

function neighbours({ neighbours: beside, serial }: StampKnown, view: View): Html {
  const { words } = view;
  const cells = beside
    .filter((one) => Math.abs(one.serial - serial) <= 5)
    .map(
      ({ serial: own, count, odd }) =>
        html`<li class="${own === serial && 'this'}${odd && ' odd'}"><b>${number(count, view)}</b><span>${number(own, view)}</span></li>`,
    );
  return part(
    words.stamp.neighbours,
    cells.length > 0 && html`<ol class="cells">${cells}</ol><p class="muted">${words.stamp.neighboursText}</p>`,
  );
}

function papers(known: StampKnown, view: View): Html {
  const { words } = view;
  const own = words.stamp;
  const { prints, life, findings, ledger } = known;
  const rows = (list: readonly Html[]): Html | false => list.length > 0 && html`<ul class="lines">${list}</ul>`;
  const n = (value: number): string => number(value, view);
  return html`${[
    part(
      own.prints,
      rows(
        prints
          .slice(0, ROWS_SHOWN)
          .map(({ at, from, to, template }) => html`<li>${whenText(at)} · ${own.print(n(from), n(to), template)}</li>`),
      ),
    ),
    part(
      own.life,
      rows(
        life
          .slice(0, ROWS_SHOWN)
          .map(
            ({ at, what, reason }) =>
              html`<li>${dayText(at)} · ${own.lifeOf[what as keyof typeof own.lifeOf] ?? what}${reason !== null && html` · ${reason}`}</li>`,
          ),
      ),
    ),
    part(
      own.findings,
      rows(
        findings
          .slice(0, ROWS_SHOWN)
          .map(
            ({ at, finding, place }) =>
              html`<li>${dayText(at)} · ${finding === null ? own.none : own.findings6[finding]}${place !== null && html` · ${place}`}</li>`,
          ),
      ),
    ),
    part(
      own.ledger,
      ledger !== null &&
        html`<p>${own.ledgerLine(n(ledger.given), n(ledger.printed), n(ledger.activated), n(ledger.voided))}</p>`,
    ),
  ]}`;
}

/** What is known against it: recalls and cases, and the papers of its certificates. */
function warnings({ recalls, cases, certificates }: StampKnown, { words, language }: View): Html {
  const own = words.stamp;
  const recallRows = recalls.slice(0, ROWS_SHOWN).map(({ reason, at, withdrawnAt }) => {
    const text = language === 'en' ? (reason.en ?? reason.vi) : reason.vi;
    return html`<li>${dayText(at)} · ${text}${withdrawnAt !== null && html` · ${own.withdrawn}`}</li>`;
  });
  const states: Readonly<Record<string, string>> = own.caseStates;
  const names: Readonly<Record<string, string>> = SUSPICION_WORDS[language];
  const caseRows = cases.slice(0, ROWS_SHOWN).map(({ state, reasons, openedOn }) => {
    const why = reasons.map((reason) => names[reason] ?? reason).join(', ');
    return html`<li>${dayText(openedOn)} · ${states[state] ?? state}${why !== '' && html` · ${why}`}</li>`;
  });
  const paperRows = certificates
    .slice(0, ROWS_SHOWN)
    .map(({ number: own, issuer, expiresOn }) => html`<li>${own} · ${issuer} · ${dayText(expiresOn)}</li>`);
  return html`${[
    part(own.recalls, recallRows.length > 0 && html`<ul class="lines">${recallRows}</ul>`),
    part(own.cases, caseRows.length > 0 && html`<ul class="lines">${caseRows}</ul>`),
    part(own.certificates, paperRows.length > 0 && html`<ul class="lines">${paperRows}</ul>`),
  ]}`;
}

function chips({ finding }: KeptItem, { words }: View): Html {
  return html`<div class="chips" role="group" aria-label="${words.stamp.finding}">${FINDINGS.map(
    (kind) =>
      html`<button type="button" class="chip" data-do="chip" data-arg="${kind}" aria-pressed="${kind === finding ? 'true' : 'false'}">${words.stamp.findings6[kind]}</button>`,
  )}</div>`;
}

function foot({ photos }: KeptItem, { words, desk }: View): Html {
  const own = words.stamp;
  const take = photos === 0 ? own.takePhoto : own.photos(`${photos}/${PHOTOS_MAX}`);
  return html`${button('photo', take)}${button('save-finding', desk.isOnline ? own.saveOnline : own.saveLater, { filled: true })}`;
}

// Offline data: what is on the phone and until when it serves, and choosing more, with its size said before.

import { html, type Html } from '../../server/web/html.ts';
import { packState, type HeldPack } from '../core/pack-set.ts';
import type { PackPreview } from '../device/pack-desk.ts';
import type { PackChoice } from '../../server/domain/pack/pack-format.ts';
import { button, field, fixedParts, head, number, submit, whenText, type View } from './parts.ts';
import type { Screen } from './screen.ts';

const MEBIBYTE = 1_048_576;

/** Names a producer's box: this and the id. */
export const PRODUCER_FIELD = 'producer ';

export function packsScreen(
  view: View,
  preview: { choice: PackChoice; size: PackPreview } | null,
  producers: readonly { id: string; name: string }[],
): Screen {
  const { words, desk } = view;
  const own = words.packs;
  const fields = [
    field('province', own.byProvince, { value: desk.session.office?.province ?? '' }),
    field('commune', own.byCommune),
  ];
  const form = html`<form data-form="pack">${fields}<div data-part="producers"></div><div data-part="message"></div>${submit(own.look)}</form>`;
  return {
    id: `packs ${view.language}`,
    title: own.heading,
    frame: html`${head(own.heading, words, true)}<div class="p"><p>${own.lead}</p><div data-part="held"></div>${form}<div data-part="preview"></div></div>`,
    parts: {
      ...fixedParts(view),
      held: held(view),
      producers: producersPart(view, producers),
      preview: previewPart(view, preview),
    },
  };
}

function producersPart({ words }: View, producers: readonly { id: string; name: string }[]): Html {
  const boxes = producers.map(
    ({ id, name }) => html`<label class="box"><input type="checkbox" name="${PRODUCER_FIELD}${id}">${name}</label>`,
  );
  return html`${boxes.length > 0 && html`<fieldset><legend>${words.packs.byProducers}</legend>${boxes}</fieldset>`}`;
}

function held(view: View): Html {
  const { desk, words } = view;
  if (desk.packs.held.length === 0) return html`<p class="muted">${words.packs.none}</p>`;
  return html`<ul class="list">${desk.packs.held.map((pack) => packRow(pack, view))}</ul>`;
}

function packRow({ id, manifest, facts }: HeldPack, view: View): Html {
  const { words, desk } = view;
  const own = words.packs;
  const stamps = manifest.batches.reduce((sum, { quantity }) => sum + quantity, 0);
  const size = own.size(number(stamps, view), number(facts.producers.length, view), megabytes(stamps * 2, view));
  const state = packState(manifest, desk.clock.ms());
  const said = state === 'fresh' ? own.fresh(whenText(manifest.expiresAt)) : own[state];
  const choice = JSON.stringify(manifest.choice);
  const buttons = html`<div class="two">${button('update-pack', own.update, { arg: choice })}${button('remove-pack', own.remove, { arg: id })}</div>`;
  return html`<li class="plain"><b>${choiceText(
    manifest.choice,
    facts.producers.map(({ name }) => name),
  )}</b><p>${size}</p><p class="${state === 'fresh' ? 'muted' : 'bad'}">${said}</p>${buttons}</li>`;
}

function choiceText(choice: PackChoice, names: readonly string[]): string {
  if ('producers' in choice) return names.join(', ');
  return choice.commune === null ? choice.province : `${choice.commune}, ${choice.province}`;
}

function previewPart(view: View, preview: { choice: PackChoice; size: PackPreview } | null): Html {
  const { words, desk } = view;
  const own = words.packs;
  const { loadingBytes } = desk.packs;
  if (loadingBytes !== null) return html`<p role="status"><b>${own.loading(megabytes(loadingBytes, view))}</b></p>`;
  if (preview === null) return html``;
  const { stamps, producers, bytes } = preview.size;
  const size = own.size(number(stamps, view), number(producers, view), megabytes(bytes, view));
  return html`<p><b>${size}</b></p>${button('load-pack', own.load, { filled: true })}`;
}

function megabytes(bytes: number, { language }: View): string {
  const some = Math.max(0.1, bytes / MEBIBYTE);
  return some.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 1 });
}

// The papers behind a certificate or a lot: in the full record as pictures of their pages, with number, issuer and who
// said what when; on the stamp's page as one link to it.

import type { ShownProof } from '../../scan/shown-record.ts';
import { dayText } from '../format.ts';
import { html, type Html } from '../html.ts';
import { vietnameseOn } from './recorded-text.ts';
import { recordPath, type SectionContext } from './section-context.ts';

/** Pictures of pages as the record shows them, in the shape of A4; opened, they are larger. */
const PAGE_SIZE = html`width="168" height="238"`;

/** @param at names the place in the record that the link leads to */
export function proofsOf(context: SectionContext, proofs: readonly ShownProof[] | undefined, at: string): Html | null {
  if (proofs === undefined) return null;
  const { language, words, texts, limits } = context;
  if (limits.isRecord !== true)
    return html`<p><a class="ln" href="${recordPath(texts, language)}#${at}">${words.proofs.see(proofs.length)}</a></p>`;
  return html`<div id="${at}">${proofs.map((proof) => paper(context, proof))}</div>`;
}

function paper({ view, language, words }: SectionContext, proof: ShownProof): Html {
  const own = words.proofs;
  const { producer, office } = view.answer;
  const lang = vietnameseOn(language);
  const kind = own.kinds[proof.kind];
  const pages = proof.pages.map(
    (path, at) =>
      html`<a href="${path}"><img src="${path}" ${PAGE_SIZE} alt="${own.page(kind, at + 1)}" loading="lazy"></a>`,
  );
  const by = proof.handedInBy === 'producer' ? producer.name : office.name;
  const lines = [
    proof.reference !== null && html`<p>${own.reference(proof.reference)}</p>`,
    proof.issuedBy !== null && html`<p${lang}>${own.issuedBy(proof.issuedBy)}</p>`,
    proof.link !== null &&
      html`<p><a class="ln" href="${proof.link}" rel="noopener nofollow">${own.link(hostOf(proof.link))}</a></p>`,
    proof.pagesLeft > 0 && html`<p>${own.more(proof.pagesLeft)}</p>`,
    html`<p class="m">${own.handedIn(by, dayText(proof.handedInOn))}<br>${own.shown(office.name, dayText(proof.shownOn))}</p>`,
  ];
  return html`<p class="s">${kind}</p><div class="q">${pages}</div>${lines}`;
}

function hostOf(link: string): string {
  return URL.parse(link)?.host ?? link;
}

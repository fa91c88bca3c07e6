// Which templates do not fit the stamps of a product, and why, in the words of the pages that print.

import type { TemplateFits } from '../../../actions/print/preview-sheet.ts';
import type { Templates } from '../../../actions/print/templates.ts';
import type { Language } from '../../../domain/language.ts';
import type { Problem } from '../../../domain/problem.ts';
import type { Product } from '../../../domain/registry/product.ts';
import { showsPin } from '../../../sheet/template/template-fit.ts';
import type { Template } from '../../../sheet/template/template-schema.ts';
import { html, type Html } from '../../html.ts';
import { printWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';

/** In the order of all lists of templates. */
export function listedTemplates(templates: Templates): Template[] {
  return [...templates.values()].map(({ template }) => template).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * The wanted template, if it fits the stamps; if not, the first one in the list that does: of the same medium, or else
 * of any. A template with room for a PIN is never chosen automatically. If none fits, the wanted one.
 */
export function fittingTemplate(templates: Templates, wanted: string, fits: TemplateFits): string {
  if (fits.get(wanted) === null) return wanted;
  const medium = templates.get(wanted)?.template.medium.kind;
  const fitting = listedTemplates(templates).filter((each) => fits.get(each.id) === null && !showsPin(each));
  return (fitting.find((each) => each.medium.kind === medium) ?? fitting[0])?.id ?? wanted;
}

/** Whether another template might solve the problem. */
export function isOfTemplate({ code }: Problem): boolean {
  return ['symbol-too-large', 'text-does-not-fit', 'letter-not-in-font'].includes(code);
}

/** The text beside the template's field. */
export function fitFault(language: Language, problem: Problem): string {
  const { faults } = printWordsOf(language);
  return isOfTemplate(problem) ? faults.notFitting(fitReason(language, problem)) : faults.template;
}

/** Which templates do not fit the stamps, why, and a link to set a short name if that helps. */
export function fitNote(
  call: PageCall,
  { product, templates, fits }: { product: Product; templates: Templates; fits: TemplateFits },
  chosen: string,
): Html | null {
  const { fit: words } = printWordsOf(call.language);
  const refused = listedTemplates(templates).flatMap(({ id, name }) => {
    const problem = fits.get(id) ?? null;
    return problem === null ? [] : [{ id, name: name[call.language], problem }];
  });
  if (refused.length === 0) return null;
  const reasons = [...new Set(refused.map(({ problem }) => fitReason(call.language, problem)))];
  const lines = reasons.map((reason) => {
    const names = refused.filter(({ problem }) => fitReason(call.language, problem) === reason);
    return html`<p class="hint">${reason}: ${names.map(({ name }) => name).join(', ')}.</p>`;
  });
  const isName = refused.some(({ problem }) => isAboutName(problem));
  const way =
    isName &&
    html`<p><a href="/console/products/${product.id}/edit#f-shortName">${
      product.shortName == null ? words.giveShort : words.changeShort
    }</a></p>`;
  const open = refused.some(({ id }) => id === chosen) && html` open`;
  const summary = words.summary(String(refused.length));
  return html`<details class="fit"${open}><summary>${summary}</summary>${lines}${way}</details>`;
}

function isAboutName({ code, details }: Problem): boolean {
  return ['text-does-not-fit', 'letter-not-in-font'].includes(code) && details?.['element'] === 'product';
}

/** Why a template does not fit the stamps, in a few words. */
function fitReason(language: Language, problem: Problem): string {
  const { fit: words } = printWordsOf(language);
  if (problem.code === 'symbol-too-large') return words.symbol;
  if (problem.code === 'letter-not-in-font') return words.letter(String(problem.details?.['letter']));
  const element = problem.details?.['element'];
  return element === 'product' ? words.product : element === 'producer' ? words.producer : words.other;
}

// Giving the files of a print job to a print shop: the form that makes a link, the new link, and the links made before.

import { listShopLinks, type MadeShopLink } from '../../../actions/print/shop-link/hand-to-shop.ts';
import type { Recall } from '../../../domain/recalls/recall.ts';
import type { PrintJob } from '../../../domain/print/print-job.ts';
import { html, type Html } from '../../html.ts';
import { valueOf } from '../../outcome.ts';
import { printWordsOf } from '../../words/words.ts';
import { sent, type PageCall } from '../console-route.ts';
import { actionButton, form, textField } from '../fields.ts';
import { NO_FAULTS, showsSent, type FormFaults } from '../form-faults.ts';
import { whenText } from '../moments.ts';
import { notice } from '../notices.ts';
import { section } from '../page-head.ts';
import { personNames } from '../person-names.ts';
import { knownBox, recallNotice } from './job-files-block.ts';
import { jobAddress } from './print-form.ts';

/** @param made a link that was just made */
export async function shopBlock(
  call: PageCall,
  job: PrintJob,
  recall: Recall | null,
  { shopFaults = NO_FAULTS, made }: { shopFaults?: FormFaults; made?: MadeShopLink },
): Promise<Html> {
  const { actor, ctx, language } = call;
  const { shop: words, job: knownWords } = printWordsOf(language);
  const links = valueOf(await listShopLinks(actor, job.id, ctx));
  const makers = await personNames(call, links);
  const rows = links.map((link) => {
    const line = words.line(link.shop, whenText(link.createdAt, call));
    const by = html`<p class="hint">${words.by(makers.get(link.by) ?? words.system)}</p>`;
    const withdraw =
      link.state === 'open' &&
      actionButton({
        call,
        action: `${jobAddress(job.id)}/shop/${link.id}/withdraw`,
        text: words.withdraw,
        look: 'quiet',
      });
    return html`<li><div>${line}${by}</div><span>${words.states[link.state]}</span>${withdraw}</li>`;
  });
  const list = rows.length > 0 && html`<h3>${words.list}</h3><ul class="rows">${rows}</ul>`;
  const field = textField({
    name: 'shop',
    label: words.name,
    value: showsSent(shopFaults) ? sent(call.form, 'shop') : '',
    max: 120,
    required: true,
    fault: shopFaults.fields['shop'] ?? null,
  });
  const make = form({
    call,
    action: `${jobAddress(job.id)}/shop`,
    submit: words.make,
    body: html`
      ${recall !== null && recallNotice(call, recall)}
      ${field}
      ${recall !== null && knownBox('shop', knownWords.recalledMake)}
    `,
    faults: shopFaults,
    plain: true,
    id: 'shop',
  });
  return section(words.title, html`<p class="hint">${words.text}</p>${madeLink(call, made)}${make}${list}`);
}

function madeLink(call: PageCall, made: MadeShopLink | undefined): Html | null {
  if (made?.token == null) return null;
  const { shop: words } = printWordsOf(call.language);
  const { shop, expiresAt } = made.link;
  const address = `${call.ctx.settings.publicOrigin}/print-shop/${made.token}`;
  const said = notice('done', words.made, words.madeText(shop, whenText(expiresAt, call)));
  const label = html`<label for="shop-link">${words.link}</label>`;
  const field = html`<input class="code" id="shop-link" readonly value="${address}">`;
  return html`${said}<div class="once">${label}${field}</div>`;
}

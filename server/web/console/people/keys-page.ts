// API keys of the office: what each is for, who answers for it, when it expires; and revoking one. Keys are made over
// the API or by `npm run admin`.

import { listKeys, type ApiKeyShown } from '../../../actions/people/read.ts';
import { revokeKey } from '../../../actions/people/revoke-key.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { html, type Html } from '../../html.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { frameWordsOf, peopleWordsOf } from '../../words/words.ts';
import { go, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { actionButton } from '../fields.ts';
import { pager, PAGE_ROWS, stateMark } from '../list.ts';
import { dayOfText, whenText } from '../moments.ts';
import { doneNotice } from '../notices.ts';
import { linkButton, pageHead } from '../page-head.ts';
import { personNames } from '../person-names.ts';

const PATH = '/console/users/keys';

export const keyRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'keep-accounts', nav: 'users', handle: list },
  { method: 'post', path: `${PATH}/:id/revoke`, right: 'keep-accounts', nav: 'users', handle: revoke },
];

async function list(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, query } = call;
  const words = peopleWordsOf(language).keys;
  const found = await listKeys(actor, { limit: PAGE_ROWS, after: query['after'] ?? null }, ctx);
  const { items, next } = valueOf(found);
  const makers = await personNames(call, items);
  const rows = items.map((key) => keyRow(key, makers, call));
  const shown = rows.length === 0 ? html`<p class="muted">${words.empty}</p>` : html`<ul class="rows">${rows}</ul>`;
  const back = linkButton('/console/users', peopleWordsOf(language).users.back);
  const body = html`${[
    pageHead({ title: words.title, lead: words.lead, actions: [back] }),
    doneNotice(call, words.done),
    shown,
    pager({ path: PATH, query, next, words: frameWordsOf(language) }),
  ]}`;
  return { kind: 'page', title: words.title, body };
}

function keyRow(key: ApiKeyShown, makers: ReadonlyMap<string, string>, call: PageCall): Html {
  const { language, ctx } = call;
  const words = peopleWordsOf(language).keys;
  const { id, name, role, by, createdAt, expiresAt, revokedAt } = key;
  const maker = by === 'system' ? words.system : (makers.get(by ?? '') ?? words.unknown);
  const end = expiresAt === null ? words.noEnd : words.until(whenText(expiresAt, call));
  const about = words.about(frameWordsOf(language).roles[role], maker, dayOfText(createdAt, call));
  const hasEnded = expiresAt !== null && Date.parse(expiresAt) <= ctx.now().getTime();
  const state =
    revokedAt !== null ? stateMark(words.revoked, 'over') : hasEnded ? stateMark(words.ended, 'over') : null;
  const way = state ?? actionButton({ call, action: `${PATH}/${id}/revoke`, text: words.revoke, look: 'quiet' });
  return html`<li><div><b>${name}</b><p class="hint">${about}, ${end}</p></div>${way}</li>`;
}

async function revoke({ actor, ctx, params }: PageCall): Promise<PageAnswer> {
  doneValue(await runAction(revokeKey, actor, { id: params['id'] ?? '' }, ctx));
  return go(PATH, 'revoked');
}

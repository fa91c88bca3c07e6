// The one search box: what was found, by kind. It is sent by POST, because what is typed may be a stamp's code, which
// no address may hold; the list that follows has an address of its own, without a code.

import { EACH_SHOWN, findAnything, type Found } from '../../../actions/home/find-anything.ts';
import { TYPED_MAX } from '../../../domain/search-words.ts';
import { readCarriedCode } from '../../../domain/stamp/carried-code.ts';
import { numberText, shortened } from '../../format.ts';
import { html } from '../../html.ts';
import { valueOf } from '../../outcome.ts';
import { frameWordsOf, registryWordsOf } from '../../words/words.ts';
import { go, sent, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { FIND } from './find-box.ts';
import { addressOf, emptyState } from '../list.ts';
import { notice } from '../notices.ts';
import { page, pageHead, section } from '../page-head.ts';
import { COMPLAINTS } from '../scans/scans-frame.ts';

const BELOW_LETTERS = 90;

export const findRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: FIND, right: 'signed-in', nav: null, handle: show },
  { method: 'post', path: FIND, right: 'signed-in', nav: null, handle: take },
  // While somebody types (public/console-find.js), which sends nothing that may be a whole code.
  { method: 'get', path: `${FIND}/near`, right: 'signed-in', nav: null, handle: near },
];

async function show(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, query, language } = call;
  const { anything: words } = frameWordsOf(language);
  const text = (query['q'] ?? '').slice(0, TYPED_MAX);
  const { groups, isSlip } = valueOf(await findAnything(actor, text, ctx));
  const parts = groups.map(({ kind, found, more }) => {
    const rows = found.map((one) => {
      const { href, name, below } = lineOf(one, call);
      const more = below !== '' && html`<p class="muted">${below}</p>`;
      return html`<li><div><a href="${href}"><b>${name}</b></a>${more}</div></li>`;
    });
    const rest = more && html`<p class="hint">${words.more(numberText(EACH_SHOWN, language))}</p>`;
    return section(words.kinds[kind], html`<ul class="rows found">${rows}</ul>${rest}`);
  });
  const said = isSlip && groups.length > 0 && notice('info', words.slipTitle, words.slipText);
  const body = groups.length > 0 ? parts : emptyState(words.noneTitle, words.noneText);
  return page(
    words.title,
    html`${pageHead({ title: words.title, lead: text === '' ? null : words.typed(text) })}${said}${body}`,
  );
}

async function take(call: PageCall): Promise<PageAnswer> {
  const text = sent(call.form, 'q').slice(0, TYPED_MAX);
  const { exact } = valueOf(await findAnything(call.actor, text, call.ctx));
  if (exact !== null) return go(lineOf(exact, call).href);
  // Eighteen symbols that are no stamp of theirs are not put into an address either.
  return go(addressOf(FIND, { q: readCarriedCode(text).parsed.ok ? '' : text }));
}

async function near(call: PageCall): Promise<PageAnswer> {
  const text = (call.query['q'] ?? '').trim().slice(0, TYPED_MAX);
  const { anything: words } = frameWordsOf(call.language);
  // A code is looked up when it is sent, so that its first symbols are no tries.
  if (text === '' || readCarriedCode(text).parsed.ok) return { kind: 'json', body: { found: [] } };
  const { groups } = valueOf(await findAnything(call.actor, text, call.ctx));
  const found = groups.flatMap((group) =>
    group.found.map((one) => ({ ...lineOf(one, call), kind: words.kinds[group.kind] })),
  );
  return { kind: 'json', body: { found } };
}

interface Line {
  href: string;
  name: string;
  below: string;
}

function lineOf(found: Found, { actor, language }: PageCall): Line {
  const words = registryWordsOf(language);
  const { anything } = frameWordsOf(language);
  const { product, producer } = found;
  const below = (...parts: readonly (string | null | undefined)[]): string =>
    shortened(parts.filter((part) => typeof part === 'string' && part !== '').join(' · '), BELOW_LETTERS);
  switch (found.kind) {
    case 'stamps': {
      const { batch, serial } = found;
      const name = anything.stamp(batch.id, numberText(serial, language));
      return { href: `/console/batches/${batch.id}?serial=${serial}`, name, below: below(product, producer) };
    }
    case 'batches':
      return { href: `/console/batches/${found.batch.id}`, name: found.batch.id, below: below(product, producer) };
    case 'products':
      return {
        href: `/console/products/${found.record.id}`,
        name: found.record.name,
        below: below(producer, found.record.gtin),
      };
    case 'producers': {
      const { id, name, address, addressToday, phone } = found.record;
      const { commune, province } = addressToday ?? address;
      return { href: `/console/producers/${id}`, name, below: below(commune, province, phone) };
    }
    case 'lots':
      return { href: `/console/lots/${found.record.id}`, name: found.record.number, below: below(product, producer) };
    case 'certificates': {
      const { id, number, scheme } = found.record;
      return {
        href: `/console/certificates/${id}`,
        name: number,
        below: below(words.schemes[scheme], product, producer),
      };
    }
    case 'evaluations': {
      const { id, decision, round, productId } = found.record;
      const mayChange = actor.role === 'office' || actor.role === 'admin';
      const href = mayChange ? `/console/evaluations/${id}/edit` : `/console/products/${productId}`;
      return { href, name: decision ?? round, below: below(round, product, producer) };
    }
    case 'complaints': {
      const { id, number, message } = found.record;
      return { href: `${COMPLAINTS}/${id}`, name: number, below: below(producer, message) };
    }
    case 'requests': {
      const { id, action, state } = found.record;
      const what = words.requestActions[action];
      return { href: `/console/requests/${id}`, name: what, below: below(words.requests.states[state], producer) };
    }
    case 'users': {
      const { id, name, login, role } = found.record;
      return { href: `/console/users/${id}`, name, below: below(login, frameWordsOf(language).roles[role], producer) };
    }
    case 'offices':
      return {
        href: `/console/offices/${found.record.id}`,
        name: found.record.name,
        below: below(found.record.province),
      };
    default:
      return found satisfies never;
  }
}

// Forms that come back as they were: one that arrived when the session had ended waits over the sign-in, one that was
// refused is shown again with its faults. The browser is always led on by GET, so that a reload or Back never asks to
// send anything again, and the page of a form has an address that opens.
//
// Passwords, codes and files are not held. docs/decisions/0049-held-forms.md.

import { holdText, openText, readHeldText, sealText } from '../../../actions/kit/held-text.ts';
import type { ActionContext } from '../../../actions/kit/context.ts';
import type { Id } from '../../../domain/entity.ts';
import type { Language } from '../../../domain/language.ts';
import type { Problem } from '../../../domain/problem.ts';
import { BoundedMap } from '../../../kit/bounded-map.ts';
import { Limiter } from '../../../kit/limiter.ts';
import { StoreError } from '../../../store/store.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import type { SentForm } from '../../read-form.ts';

export interface HeldForm {
  /** To which it was sent. */
  path: string;
  /** The page that shows it, without its query. */
  at: string;
  fields: SentForm['fields'];
  /** Null: none of its fields is at fault. */
  faults: FormFaults | null;
  /** Why the action was refused; null: it was not, or by a fault of ours. */
  problem: Problem | null;
  /** Of the words in `faults`. */
  language: Language;
  /** `asked`: the person asked for the page in another language, or for other records in a select. */
  because: 'refused' | 'our-fault' | 'signed-out' | 'asked' | 'shown';
  /** Of the page that shows it. */
  status: number;
  retryAfterSeconds: number | null;
  /** A page that follows a form and is shown as it was then, such as a link that is shown once. */
  page: { title: string; body: string } | null;
}

/** Names of fields that hold a secret. Every password field of a page has one of these names (a test walks them). */
export const SECRET_FIELDS: ReadonlySet<string> = new Set(['password', 'current', 'code']);

/**
 * Forms that one person may have held in an hour. The print page is drawn anew at each change of its form, so a
 * diligent person needs some hundreds.
 */
export const HELD_AN_HOUR_MAX = 600;
const PEOPLE_COUNTED_MAX = 10_000;
/** Held in memory while the store does not answer. */
const IN_MEMORY_MAX = 50;
/** How long a form before the sign-in waits in its cookie. */
const COOKIE_MS = 600_000;
/** The headers of a request have 8 KB, and other cookies their share. */
const COOKIE_SYMBOLS_MAX = 3_500;

export class HeldForms {
  private readonly inMemory = new BoundedMap<string, string>(IN_MEMORY_MAX);
  private readonly limit = new Limiter({
    max: HELD_AN_HOUR_MAX,
    windowMs: 3_600_000,
    refill: 'steadily',
    keysMax: PEOPLE_COUNTED_MAX,
  });

  /** The name under which it is found; null: it is too large, or the person sent too many. */
  async hold(owner: Id, held: HeldForm, ctx: ActionContext): Promise<string | null> {
    if (this.limit.take(owner, ctx.now().getTime()) > 0) return null;
    const text = textOf(held);
    try {
      return await holdText(owner, text, ctx);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const id = Buffer.from(ctx.random(18)).toString('base64url');
      const sealed = sealText(owner, text, COOKIE_MS, ctx);
      if (sealed === null) return null;
      this.inMemory.set(id, sealed);
      return id;
    }
  }

  async read(owner: Id, id: string, ctx: ActionContext): Promise<HeldForm | null> {
    const here = this.inMemory.get(id);
    const text = here === undefined ? await readHeldText(owner, id, ctx) : openText(owner, here, ctx);
    return text === null ? null : (JSON.parse(text) as HeldForm);
  }
}

/** A form before the sign-in, sealed for a cookie; null: it is too large for one. */
export function sealedForCookie(held: HeldForm, ctx: ActionContext): string | null {
  const sealed = sealText('', textOf(held), COOKIE_MS, ctx);
  return sealed === null || sealed.length > COOKIE_SYMBOLS_MAX ? null : sealed;
}

export function readHeldCookie(sealed: string | null, ctx: ActionContext): HeldForm | null {
  const text = sealed === null ? null : openText('', sealed, ctx);
  return text === null ? null : (JSON.parse(text) as HeldForm);
}

function textOf(held: HeldForm): string {
  const fields = Object.fromEntries(Object.entries(held.fields).filter(([name]) => !SECRET_FIELDS.has(name)));
  return JSON.stringify({ ...held, fields });
}

/** The path of the page that shows this form: that of the nearest GET route above it. */
export function pageOfForm(
  { path, shownAt }: { path: string; shownAt?: string },
  routes: readonly { method: string; path: string }[],
): string {
  if (shownAt !== undefined) return shownAt;
  const pages = new Set(routes.filter(({ method }) => method === 'get').map((route) => route.path));
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) if (pages.has(at)) return at;
  return '/console';
}

/**
 * What the form of this page that is sent to `action` shows again: its faults, or only what was typed; NO_FAULTS if it
 * was not sent.
 * @param action the end of its address, if the page has several forms
 */
export function heldFaults(
  { held, language, form }: { held: HeldForm | null; language: Language; form: SentForm },
  action = '',
): FormFaults {
  if (held === null || !held.path.endsWith(action)) return NO_FAULTS;
  const { faults, problem } = held;
  if (faults === null) return { ...NO_FAULTS, kept: true };
  // Words of another language are replaced by the general ones of this.
  return held.language === language || problem === null
    ? { ...faults, kept: true }
    : { ...formFaults(problem, { form, language }), kept: true };
}

// One way to declare a page or a form's handler of the console. The router (router.ts) walks these declarations: it
// finds out who is signed in, refuses a role without the right, accepts forms only from our own pages, and draws the
// frame around the answer.
//
// A new page without a right does not compile, and the role test walks the same list.

import type { ActionContext } from '../../actions/kit/context.ts';
import type { OwnAccount } from '../../actions/people/read.ts';
import type { Right } from '../../actions/kit/rights.ts';
import type { Person } from '../../domain/people/account.ts';
import type { Day } from '../../domain/entity.ts';
import type { Language } from '../../domain/language.ts';
import type { GateName } from '../gates.ts';
import type { Html } from '../html.ts';
import type { SentForm } from '../read-form.ts';
import type { FormFaults } from './form-faults.ts';
import type { HeldForm } from './forms/held-forms.ts';
import { sent } from './forms/sent.ts';
import type { NavKey } from './navigation.ts';

export { sent } from './forms/sent.ts';

/** What every handler receives. */
export interface OpenCall {
  /** The path's `:name` parts. */
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** Of this page, without its query. */
  path: string;
  form: SentForm;
  /** On a page that shows a form again (forms/held-forms.ts): `form` is what was sent. Null: it is shown afresh. */
  held: HeldForm | null;
  language: Language;
  /**
   * The request key comes from the form's `once` field, so that a form sent twice acts once. Set it to null for a
   * handler's second write.
   */
  ctx: ActionContext;
  /** In TIME_ZONE. */
  today: Day;
  /** For the hidden field of this page's forms. */
  once: string;
  /** Where the person sits, for counting tries: an address, or an IPv6 /64. */
  network: string;
  /** The session cookie's token. */
  sessionToken: string | null;
  /** Whether the page was requested by https. */
  isSecure: boolean;
  /** Browser and system family only: "Chrome · Windows". */
  device: string | null;
  /** Marks of the accounts that signed in on this device before (actions/people/known-device.ts). */
  deviceMarks: string | null;
  /** Aborts when the browser goes away. */
  signal: AbortSignal;
}

/** What the handler of a page behind the login receives. */
export interface PageCall extends OpenCall {
  actor: Person;
  account: OwnAccount;
}

export type PageAnswer =
  | {
      kind: 'page';
      title: string;
      /** Everything within `main`; it has the one h1 (page-head.ts). */
      body: Html;
      /** 200 if left out; a form with faults is 422. */
      status?: number;
      /** Of the form that it shows again. */
      faults?: FormFaults;
      /** Reloads the page after this many seconds: a job's progress, if no script updates it. */
      refreshSeconds?: number;
      /**
       * Whether it reads QR codes from pictures (symbol-reader-files.ts), for which its policy must allow WebAssembly.
       */
      readsSymbols?: boolean;
      /** Sent as Retry-After. */
      retryAfterSeconds?: number;
    }
  | { kind: 'go'; to: string; cookies?: readonly string[] }
  | { kind: 'json'; body: unknown }
  | {
      kind: 'file';
      mediaType: string;
      /** Null: shown in the browser under its own address. */
      fileName: string | null;
      source: AsyncIterable<Uint8Array | string> | Uint8Array;
    };

interface RouteHead {
  method: 'get' | 'post';
  /** `/console/products/:id`. */
  path: string;
  /** The current entry of the navigation; null: none. */
  nav: NavKey | null;
  /** How expensive the work is; left out: cheap. Every route that takes or sends a file has a gate. */
  gate?: GateName;
  /** Bytes of the form: 64 KB if left out; with files, all of them together. */
  formBytesMax?: number;
  /** Whether the form may hold files. */
  files?: boolean;
  /** The page that shows the form, if it is not the nearest page above its address (forms/held-forms.ts). */
  shownAt?: string;
  /** A GET that leaves a line in the log: it must come from one of our own pages. */
  leavesMark?: boolean;
  /** Open to a person who must first set up a second step. */
  beforeTwoFactor?: boolean;
}

export type ConsoleRoute =
  | (RouteHead & { right: Right | 'signed-in'; handle: (call: PageCall) => Promise<PageAnswer> })
  /** `public`: before the login. */
  | (RouteHead & { right: 'public'; handle: (call: OpenCall) => Promise<PageAnswer> });

/** The two routes of a form: the page that shows it, and what it sends. */
export function formRoutes(
  head: Omit<RouteHead, 'method'> & { right: Right | 'signed-in' },
  show: (call: PageCall) => Promise<PageAnswer>,
  take: (call: PageCall) => Promise<PageAnswer>,
): ConsoleRoute[] {
  return [
    { ...head, method: 'get', handle: show },
    { ...head, method: 'post', handle: take },
  ];
}

/** The id in the path; '' where the path has none. */
export function idIn({ params }: Pick<OpenCall, 'params'>): string {
  return params['id'] ?? '';
}

/** After a form: the page to show, by GET. `done` names the notice on it (notices.ts). */
export function go(to: string, done?: string): PageAnswer {
  if (done === undefined) return { kind: 'go', to };
  return { kind: 'go', to: `${to}${to.includes('?') ? '&' : '?'}done=${encodeURIComponent(done)}` };
}

/** As `sent`, but null if it is empty, as records store an empty line. */
export function sentOrNull(form: SentForm, name: string): string | null {
  const value = sent(form, name);
  return value === '' ? null : value;
}

/**
 * A measure as a number if it reads as one (comma or point), else as typed, so that the input's schema reports the
 * fault. Three digits after a point may be thousands and are not read as a number. For whole numbers: `sentCount`.
 */
export function sentMeasure(form: SentForm, name: string): number | string | null {
  const value = sent(form, name);
  if (value === '') return null;
  const isMeasure = /^-?\d{1,12}(?:[.,]\d{1,6})?$/.test(value) && !/\.\d{3}$/.test(value);
  return isMeasure ? Number(value.replace(',', '.')) : value;
}

/** Whether a box was ticked. */
export function isTicked(form: SentForm, name: string): boolean {
  return sent(form, name) !== '';
}

/** The version that the form was made from; 0 if it has none. */
export function sentVersion(form: SentForm, name = 'version'): number {
  const value = sent(form, name);
  return /^[1-9]\d{0,8}$/.test(value) ? Number(value) : 0;
}

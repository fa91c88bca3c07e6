// One way to declare a page or a form's handler of the console. The router (router.ts) walks these declarations: it
// knows who is signed in, refuses a role without the right, takes forms from our own pages alone, and draws the frame
// around what comes back.
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
import type { NavKey } from './navigation.ts';

/** A file of a form, whole in memory: the route bounds it. */
export interface SentFile {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** What a form sent; all empty on a GET. */
export interface SentForm {
  /** By name, in the order sent. */
  fields: Readonly<Record<string, readonly string[]>>;
  files: Readonly<Record<string, SentFile>>;
}

/** What every handler is given. */
export interface OpenCall {
  /** The path's `:name` parts. */
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** Of this page, without its query. */
  path: string;
  form: SentForm;
  language: Language;
  /**
   * Its request key is of the form's `once` field: sent twice, it is done once. Set it null for a second write of one
   * handler.
   */
  ctx: ActionContext;
  /** In TIME_ZONE. */
  today: Day;
  /** For the hidden field of this page's forms. */
  once: string;
  /** Who sits there, for counting tries: an address, or an IPv6 /64. */
  network: string;
  /** The session cookie's token. */
  sessionToken: string | null;
  /** Whether the page came by https. */
  isSecure: boolean;
  /** Browser and system family, nothing finer: "Chrome · Windows". */
  device: string | null;
  /** Marks of those who signed in on this device before (actions/people/known-device.ts). */
  deviceMarks: string | null;
  /** Aborts when the browser went away. */
  signal: AbortSignal;
}

/** What the handler of a page behind the login is given. */
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
      /** 200 where left out; a form with faults is 422. */
      status?: number;
      /** Loads itself again after so many seconds: a job's progress, where no script does it better. */
      refreshSeconds?: number;
      /** Whether it reads QR codes from pictures (symbol-reader-files.ts): its policy lets WebAssembly run. */
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
  /** Which entry of the navigation is the current one; null: none. */
  nav: NavKey | null;
  /** What the work costs; left out: little. Every route that takes a file, or answers with one, has a gate. */
  gate?: GateName;
  /** Bytes of the form: 64 KB where left out; with files the sum of all. */
  formBytesMax?: number;
  /** Whether the form may hold files. */
  files?: boolean;
  /** A GET that leaves a line in the log: it must come from one of our own pages. */
  leavesMark?: boolean;
  /** Open to somebody who must set up a second step before anything else. */
  beforeTwoFactor?: boolean;
}

export type ConsoleRoute =
  | (RouteHead & { right: Right | 'signed-in'; handle: (call: PageCall) => Promise<PageAnswer> })
  /** `public`: before the login. */
  | (RouteHead & { right: 'public'; handle: (call: OpenCall) => Promise<PageAnswer> });

/** After a form: the page to see, by GET. `done` names the notice it shows (notices.ts). */
export function go(to: string, done?: string): PageAnswer {
  if (done === undefined) return { kind: 'go', to };
  return { kind: 'go', to: `${to}${to.includes('?') ? '&' : '?'}done=${encodeURIComponent(done)}` };
}

/** The first value that a form sent under this name, without blanks around it; '' where there is none. */
export function sent(form: SentForm, name: string): string {
  return form.fields[name]?.[0]?.trim() ?? '';
}

/** As `sent`; null where it is empty: what a record keeps of a line left blank. */
export function sentOrNull(form: SentForm, name: string): string | null {
  const value = sent(form, name);
  return value === '' ? null : value;
}

/**
 * A measure as a number where it reads as one (comma or point), else as it was typed, so that the input's shape tells
 * what is wrong. Three digits after a point may be thousands, so they are no number here. Whole numbers: `sentCount`.
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

/** The version that the form was made from; 0 where it holds none. */
export function sentVersion(form: SentForm, name = 'version'): number {
  const value = sent(form, name);
  return /^[1-9]\d{0,8}$/.test(value) ? Number(value) : 0;
}

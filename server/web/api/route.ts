// One way to declare an endpoint: its shapes, its answers, and what it calls. The router (router.ts) and the OpenAPI
// document (openapi.ts) are both made from the same declaration, so they always agree.

import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { ProblemCode, Result } from '../../domain/problem.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext, Outcome } from '../../actions/kit/context.ts';
import type { Right } from '../../actions/kit/rights.ts';
import { ProblemError } from '../errors.ts';
import type { GateName } from '../gates.ts';
import { valueOf } from '../outcome.ts';

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** A file instead of JSON, sent with back-pressure. */
  stream?: FileAnswer;
}

export interface FileAnswer {
  mediaType: string;
  source: Readable | AsyncIterable<Uint8Array | string>;
  fileName: string | null;
  /**
   * Called when the last byte was handed to the network, before the answer ends; not called if the caller went away.
   */
  sent?: () => Promise<void>;
}

/** What a handler receives: who asks, the checked parts, and the context of this call. */
export interface Call<P, Q, B> {
  actor: Actor;
  params: P;
  query: Q;
  body: B;
  /** The version of If-Match; 0 if it was not sent to a route that does not need it. */
  ifMatch: number;
  ctx: ActionContext;
  /** The uploaded bytes on a route with `upload`. */
  upload: { mediaType: string; bytes: Uint8Array } | null;
  /** Aborts when the caller goes away. */
  signal: AbortSignal;
}

export interface Route {
  method: 'get' | 'post' | 'put' | 'patch';
  /** Under /api/v1, with `:name` parameters. */
  path: string;
  /** Asked for before a place is taken and a byte of the body is read. The action asks again, and for its record. */
  right: Right;
  tag: string;
  summary: string;
  params: z.ZodType | null;
  query: z.ZodType | null;
  body: z.ZodType | null;
  /** The request's body is a file of one of these media types. */
  upload: readonly string[] | null;
  /** How expensive the work is (web/gates.ts); null: cheap. */
  gate: GateName | null;
  /** `where-it-exists`: a PUT that can also create the record; the action asks for the version if the record exists. */
  takesIfMatch: boolean | 'where-it-exists';
  /** Shapes of the answers by status; null: no body (or a file, see `files`). */
  answers: Readonly<Record<number, z.ZodType | null>>;
  /** Media types of the file that 200 sends. */
  files: readonly string[] | null;
  /** A GET that leaves a line in the log; with a session it must come from one of our own pages. */
  leavesMark: boolean;
  /** Problem codes besides those that every route can give. */
  problems: readonly ProblemCode[];
  handle: (call: Call<unknown, unknown, unknown>) => Promise<Answer>;
}

type Shape = z.ZodType | undefined;
type Out<S extends Shape> = S extends z.ZodType ? z.output<S> : null;

/** Declares a route; members left out are absent. */
export function route<P extends Shape, Q extends Shape, B extends Shape>(spec: {
  method: Route['method'];
  path: string;
  right: Right;
  tag: string;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  upload?: readonly string[];
  gate?: GateName;
  takesIfMatch?: Route['takesIfMatch'];
  answers: Route['answers'];
  files?: readonly string[];
  leavesMark?: boolean;
  problems?: readonly ProblemCode[];
  handle: (call: Call<Out<P>, Out<Q>, Out<B>>) => Promise<Answer>;
}): Route {
  return {
    method: spec.method,
    path: spec.path,
    right: spec.right,
    tag: spec.tag,
    summary: spec.summary,
    params: spec.params ?? null,
    query: spec.query ?? null,
    body: spec.body ?? null,
    upload: spec.upload ?? null,
    gate: spec.gate ?? null,
    takesIfMatch: spec.takesIfMatch ?? spec.method === 'patch',
    answers: spec.answers,
    files: spec.files ?? null,
    leavesMark: spec.leavesMark ?? false,
    problems: spec.problems ?? [],
    // The router has parsed each part by this spec's own shapes before it calls.
    handle: spec.handle as Route['handle'],
  };
}

/**
 * Answers an action's outcome: 201 if it created the record, 202 if it waits for the office, else 200. `view` turns the
 * record into what the API shows. @throws ProblemError
 */
export function answerOutcome<T>(outcome: Outcome<T>, view: (value: T) => unknown, statusOfDone?: number): Answer {
  if (!outcome.ok) throw new ProblemError(outcome.problem);
  if (outcome.value.kind === 'waiting') {
    return { status: 202, body: { request: { id: outcome.value.requestId, state: 'waiting' } } };
  }
  const status = statusOfDone ?? (outcome.value.created ? 201 : 200);
  return withVersion({ status, body: view(outcome.value.value) });
}

/** Answers one record, with its version as ETag. @throws ProblemError */
export function answerRecord<T>(found: Result<T>, view: (value: T) => unknown): Answer {
  return withVersion({ status: 200, body: view(valueOf(found)) });
}

/** Answers a page of a list. @throws ProblemError */
export function answerPage<T>(found: Result<Page<T>>, view: (value: T) => unknown): Answer {
  const { items, next } = valueOf(found);
  return { status: 200, body: { items: items.map((item) => view(item)), next } };
}

/** The bytes of a route that takes a file; the router has refused requests without one. */
export function uploadedBytes(upload: Call<unknown, unknown, unknown>['upload']): Uint8Array {
  if (upload === null) throw new TypeError('this route declares no upload');
  return upload.bytes;
}

/** Adds the ETag for If-Match if the body is a record. */
export function withVersion(answer: Answer): Answer {
  const { body } = answer;
  if (typeof body !== 'object' || body === null || !('version' in body)) return answer;
  return { ...answer, headers: { ...answer.headers, ETag: `"${String(body.version)}"` } };
}

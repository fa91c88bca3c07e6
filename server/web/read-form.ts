// Reads a form's body, bounded in bytes, fields and files: urlencoded, or multipart if it may hold files. UTF-8 only.
// Names and values are plain text, which the schemas of the actions check.

import busboy from 'busboy';
import type { Request } from 'express';
import { ProblemError } from './errors.ts';

/** A file of a form, held in memory; the route bounds its size. */
export interface SentFile {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** What a form sent; empty for a GET. */
export interface SentForm {
  /** By name, in the order sent. */
  fields: Readonly<Record<string, readonly string[]>>;
  files: Readonly<Record<string, SentFile>>;
}

export const FORM_BYTES_MAX = 64 * 1_024;
/** Our forms have about thirty fields; each row of a table adds a few. */
const FIELDS_MAX = 1_000;
const FILES_MAX = 10;
const NAME_BYTES_MAX = 200;

export const NO_FORM: SentForm = { fields: {}, files: {} };

/** @throws ProblemError too-large, unsupported-media, invalid */
export function readForm(
  request: Request,
  bounds: {
    bytesMax: number;
    /** Whether it may hold files. `dropped`: it may, and they are not kept. */
    files: boolean | 'dropped';
  },
): Promise<SentForm> {
  const type = request.headers['content-type'] ?? 'application/x-www-form-urlencoded';
  const isMultipart = /^multipart\/form-data\s*;/i.test(type);
  const isUrlencoded = /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type);
  if (!isUrlencoded && !(isMultipart && bounds.files !== false)) {
    return Promise.reject(new ProblemError({ code: 'unsupported-media', detail: 'Send the form as our page does.' }));
  }
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > bounds.bytesMax) return Promise.reject(tooLarge());
  return new Promise<SentForm>((resolve, reject) => {
    const fields: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
    const files: Record<string, SentFile> = Object.create(null) as Record<string, SentFile>;
    let failed = false;
    const fail = (error: unknown): void => {
      if (failed) return;
      failed = true;
      request.unpipe(parser);
      request.resume();
      reject(
        error instanceof ProblemError
          ? error
          : new ProblemError({ code: 'invalid', detail: 'The form could not be read.' }),
      );
    };
    const parser = parserOf(request, type, bounds.bytesMax);
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > bounds.bytesMax) fail(tooLarge());
    });
    parser.on('field', (name, value, info) => {
      if (info.nameTruncated || info.valueTruncated) return fail(tooLarge());
      (fields[name] ??= []).push(value);
    });
    parser.on('file', (name, stream, info) => {
      if (bounds.files === 'dropped') return void stream.resume();
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('limit', () => fail(tooLarge()));
      stream.on('end', () => {
        const content = Buffer.concat(chunks);
        // An empty file field is sent as a nameless file of no bytes.
        if (content.length > 0)
          files[name] = {
            name: (info.filename ?? '').normalize('NFC').slice(0, NAME_BYTES_MAX),
            mediaType: info.mimeType.toLowerCase(),
            bytes: content,
          };
      });
    });
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) parser.on(limit, () => fail(tooLarge()));
    parser.on('error', fail);
    request.on('aborted', () => fail(new ProblemError({ code: 'invalid', detail: 'The form broke off.' })));
    parser.on('close', () => {
      if (!failed) resolve({ fields: { ...fields }, files: { ...files } });
    });
    request.pipe(parser);
  });
}

function parserOf(request: Request, type: string, bytesMax: number): busboy.Busboy {
  try {
    return busboy({
      headers: { ...request.headers, 'content-type': type },
      defCharset: 'utf8',
      defParamCharset: 'utf8',
      limits: {
        fieldNameSize: NAME_BYTES_MAX,
        fieldSize: Math.min(bytesMax, FORM_BYTES_MAX),
        fields: FIELDS_MAX,
        files: FILES_MAX,
        fileSize: bytesMax,
        parts: FIELDS_MAX + FILES_MAX,
      },
    });
  } catch (error) {
    throw new ProblemError({
      code: 'invalid',
      detail: error instanceof Error ? error.message : 'The form could not be read.',
    });
  }
}

function tooLarge(): ProblemError {
  return new ProblemError({ code: 'too-large', detail: 'The form is too large.' });
}

// The part of negotiator that we use; the package has no types.

declare module 'negotiator' {
  export default class Negotiator {
    constructor(request: { headers: Readonly<Record<string, string | undefined>> });
    /** The best of `available` by the Accept header; undefined: none is accepted. */
    mediaType(available: readonly string[]): string | undefined;
    /** The best of `available` by the Accept-Encoding header; undefined: none is accepted. */
    encoding(available: readonly string[]): string | undefined;
    /** The best of `available` by the Accept-Language header; undefined: none is accepted. */
    language(available: readonly string[]): string | undefined;
  }
}

// The part of cookie that we use; its release in Express's tree has no types.

declare module 'cookie' {
  /** Name to value of a Cookie header; of a name sent twice the first. */
  export function parse(header: string): Record<string, string | undefined>;
}

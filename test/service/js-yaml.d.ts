// What we use of js-yaml, which brings no types.

declare module 'js-yaml' {
  /** The value of one YAML document, merge keys resolved. @throws YAMLException */
  export function safeLoad(text: string): unknown;
}

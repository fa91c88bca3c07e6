// Types for the parts of js-yaml that we use; the package has none.

declare module 'js-yaml' {
  /** The value of a YAML document, with merge keys resolved. @throws YAMLException */
  export function safeLoad(text: string): unknown;
}

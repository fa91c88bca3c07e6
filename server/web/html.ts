// An escaping `html` tagged template: whatever is inserted is text, unless `html` itself made it. Characters that HTML
// forbids (control characters) become U+FFFD, so stored text cannot imitate our marks.

/** A piece of finished HTML. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

/** What may be inserted: nothing (null, false), text, numbers, HTML, or a list of these. */
export type Inset = Html | string | number | null | false | readonly Inset[];

/** HTML with its insets escaped for text and for quoted attributes. */
export function html(parts: TemplateStringsArray, ...insets: Inset[]): Html {
  let text = parts[0] ?? '';
  for (let i = 0; i < insets.length; i++) text += insetText(insets[i] ?? null) + (parts[i + 1] ?? '');
  return new Html(text);
}

/** Text that is already HTML: our own constants, never anything a person typed. */
export function raw(text: string): Html {
  return new Html(text);
}

/** Escapes text for element content and for attributes in double or single quotes. */
export function escapeHtml(text: string): string {
  return text.replace(UNSAFE, (symbol) => ENTITIES[symbol] ?? '\u{FFFD}');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** The five special characters of HTML, and control characters except tab and line ends. */
const UNSAFE = /[&<>"']|(?![\t\n\r])\p{Cc}/gu;

function insetText(inset: Inset): string {
  if (inset === null || inset === false) return '';
  if (inset instanceof Html) return inset.text;
  if (typeof inset === 'string') return escapeHtml(inset);
  if (typeof inset === 'number') return String(inset);
  return inset.map(insetText).join('');
}

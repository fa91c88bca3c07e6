// A text field that a hand scanner or a camera fills; Enter moves to the next field.

import { html, type Html } from '../../html.ts';

export function scanField({
  name,
  next,
  label,
  hint,
  value,
  fault,
  focus,
}: {
  name: string;
  next: string;
  label: string;
  hint: string | null;
  value: string;
  fault: string | null;
  focus: boolean;
}): Html {
  const described = [hint !== null && `f-${name}-hint`, fault !== null && `f-${name}-fault`]
    .filter((id) => id !== false)
    .join(' ');
  return html`
    <div class="field${fault !== null && ' bad'}">
      <label for="f-${name}">${label}</label>
      <input
        id="f-${name}"
        name="${name}"
        type="text"
        value="${value}"
        maxlength="200"
        data-scan="${next}"
        spellcheck="false"
        autocapitalize="none"
        autocomplete="off"
        ${focus && html` autofocus`}
        ${described !== '' && html` aria-describedby="${described}"`}
        ${fault !== null && html` aria-invalid="true"`}>
      ${hint !== null && html`<p class="hint" id="f-${name}-hint">${hint}</p>`}
      ${fault !== null && html`<p class="er" id="f-${name}-fault">${fault}</p>`}
    </div>
  `;
}

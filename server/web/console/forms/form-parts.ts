// Small parts of a form's head.

import { html, type Html } from '../../html.ts';
import { AGAIN_NAME } from '../search/finder-box.ts';
import { showsSent, type FormFaults } from '../form-faults.ts';

/**
 * For the browser's own copy of what is typed (console-drafts.js): `kept` where the form already shows what was sent.
 */
export function draftMark(faults: FormFaults): Html {
  return html` data-draft="${showsSent(faults) ? 'kept' : 'new'}"`;
}

/** Enter presses a form's first button; a search box's button must not be it. */
export function enterButton(body: Html): Html | null {
  return body.text.includes(` name="${AGAIN_NAME}"`) ? html`<button hidden></button>` : null;
}

/** The id of the form that is sent to this address. */
export function formId(action: string): string {
  return `form${action.replaceAll(/[^\w]+/g, '-')}`;
}

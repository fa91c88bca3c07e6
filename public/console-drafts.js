// The browser's own copy of what is typed, so that a reload, Back, a dead battery or a lost connection loses nothing.
// The server keeps forms that reached it (server/web/console/forms/held-forms.ts); this keeps those that did not yet.
//
// A copy is per account and address of the form. It goes when the form was accepted, on signing out, after seven days,
// and when another account signs in on this device. Passwords, codes and files are never kept.

const DRAFT_PREFIX = 'temtrace-draft:';
const SENT_MARK = 'temtrace-sent';
const DRAFT_DAYS = 7;
/** Of each copy; the browser has five megabytes for all of them. */
const DRAFT_SYMBOLS_MAX = 60_000;
const DRAFTS_MAX = 30;

const who = document.body.dataset.who ?? '';
const wordsOfDrafts = document.body.dataset;
let isSigningOut = false;

if (who !== '' && canStore()) {
  forgetOthers();
  forgetWhatWasAccepted();
  for (const form of document.querySelectorAll('form[data-draft]')) watchDraft(form);
}
for (const form of document.querySelectorAll('form[action="/logout"]'))
  form.addEventListener('submit', () => {
    isSigningOut = true;
    for (const key of drafts()) localStorage.removeItem(key);
  });

function canStore() {
  try {
    localStorage.setItem('temtrace-test', '1');
    localStorage.removeItem('temtrace-test');
    return true;
  } catch {
    return false;
  }
}

function drafts() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(DRAFT_PREFIX));
  } catch {
    return [];
  }
}

function readDraft(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? 'null');
    return Array.isArray(draft?.values) && typeof draft.at === 'number' ? draft : null;
  } catch {
    return null;
  }
}

/** Those of other accounts, and old ones; past a number the oldest. */
function forgetOthers() {
  const own = `${DRAFT_PREFIX}${who}:`;
  const kept = [];
  for (const key of drafts()) {
    const draft = readDraft(key);
    if (!key.startsWith(own) || draft === null || Date.now() - draft.at > DRAFT_DAYS * 86_400_000)
      localStorage.removeItem(key);
    else kept.push([draft.at, key]);
  }
  kept.sort(([a], [b]) => b - a);
  for (const [, key] of kept.slice(DRAFTS_MAX)) localStorage.removeItem(key);
}

/** The page behind a form that was sent: unless it is the form again, a sign-in or a failure, the form was accepted. */
function forgetWhatWasAccepted() {
  const key = sessionStorage.getItem(SENT_MARK);
  sessionStorage.removeItem(SENT_MARK);
  const isRefused = new URLSearchParams(location.search).has('held') || document.body.dataset.failed !== undefined;
  if (key !== null && !isRefused) localStorage.removeItem(key);
}

function watchDraft(form) {
  // A product's print form is not another's.
  const product = form.elements.namedItem('productId');
  const part = product?.type === 'hidden' ? `?${product.value}` : '';
  const key = `${DRAFT_PREFIX}${who}:${form.getAttribute('action')}${part}`;
  let wait = 0;
  const later = () => {
    clearTimeout(wait);
    wait = setTimeout(save, 300);
  };
  const isKept = form.dataset.draft === 'kept';
  const first = isKept ? '' : JSON.stringify(valuesOf(form));
  let isTyped = isKept;
  // What the server shows again is newer than the copy.
  if (isKept) save();
  else restore();
  form.addEventListener('input', () => ((isTyped = true), later()));
  form.addEventListener('change', () => ((isTyped = true), later()));
  window.addEventListener('pagehide', () => isTyped && save());
  form.addEventListener('submit', ({ submitter }) => {
    save();
    if (submitter?.name !== 'again-as') sessionStorage.setItem(SENT_MARK, key);
  });

  function save() {
    if (isSigningOut || form.dataset.dropped !== undefined) return;
    const values = valuesOf(form);
    const text = JSON.stringify({ at: Date.now(), values });
    if (JSON.stringify(values) === first && readDraft(key) === null) return;
    if (text.length > DRAFT_SYMBOLS_MAX) return;
    try {
      localStorage.setItem(key, text);
    } catch {
      // The browser's room is full: the form itself is not affected.
    }
  }

  function restore() {
    const draft = readDraft(key);
    if (draft === null) return;
    const before = JSON.stringify(valuesOf(form));
    if (JSON.stringify(draft.values) === before) return void localStorage.removeItem(key);
    fill(form, draft.values);
    if (JSON.stringify(valuesOf(form)) !== before) tell(form, key, draft.at);
  }
}

/** Which fields are kept: the version and what the form was made of too, so that others' changes are noticed. */
function fieldsOf(form) {
  return [...form.elements].filter(
    ({ name, type }) =>
      name !== '' &&
      !['password', 'file', 'submit', 'button', 'image', 'search'].includes(type) &&
      (type !== 'hidden' || name === 'version' || name === 'was') &&
      !['code', 'current'].includes(name),
  );
}

function valuesOf(form) {
  return fieldsOf(form).map(({ name, type, value, checked }) =>
    type === 'checkbox' || type === 'radio' ? [name, value, checked] : [name, value],
  );
}

function fill(form, values) {
  const taken = new Map();
  for (const field of fieldsOf(form)) {
    const isTick = field.type === 'checkbox' || field.type === 'radio';
    const mine = values.filter(([name, value]) => name === field.name && (!isTick || value === field.value));
    const at = taken.get(field.name) ?? 0;
    const found = isTick ? mine[0] : mine[at];
    if (found === undefined) continue;
    if (!isTick) taken.set(field.name, at + 1);
    if (isTick) field.checked = found[2] === true;
    else if (field.tagName !== 'SELECT' || [...field.options].some(({ value }) => value === found[1]))
      field.value = found[1];
    field.closest('details')?.setAttribute('open', '');
  }
}

/** Says above the form that it was filled in from the copy, with the way back to the form as it is on record. */
function tell(form, key, at) {
  const note = document.createElement('div');
  note.className = 'note info';
  note.setAttribute('role', 'status');
  const text = document.createElement('p');
  const time = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short' });
  text.textContent = `${wordsOfDrafts.draftText ?? ''} (${time})`;
  const drop = document.createElement('button');
  drop.type = 'button';
  drop.className = 'btn quiet';
  drop.textContent = wordsOfDrafts.draftDrop ?? '';
  drop.addEventListener('click', () => {
    localStorage.removeItem(key);
    form.dataset.dropped = 'yes';
    location.reload();
  });
  const inside = document.createElement('div');
  inside.append(text, drop);
  note.append(inside);
  form.prepend(note);
}

// What makes issuing, printing and activating quicker where scripts run; each page works without it.
//
// - The picture of the sheet: a click on a place begins there, without a round trip for the form; what is written beside it follows.
// - A printer's nudge: buttons of a tenth of a millimetre, and the chosen printer's own offsets.
// - Best before: reckoned from the day of making, as long as nobody typed another.
// - Stamps to activate: a hand scanner ends with Enter, which leads to the next field; a photograph or the camera reads it.

const print = document.querySelector('form.print');
if (print instanceof HTMLFormElement) {
  watchPicture(print);
  watchPrinter(print);
  watchDays(print);
}
for (const input of document.querySelectorAll('input[data-scan]')) watchScan(input);

function watchPicture(form) {
  const sheet = form.querySelector('.sheet');
  const first = form.elements.namedItem('skip');
  if (!(sheet instanceof HTMLElement) || !(first instanceof HTMLInputElement)) return;
  const pictures = [...sheet.querySelectorAll('input[type=image]')];
  const redraw = (changes) => {
    for (const picture of pictures) {
      const address = new URL(picture.src);
      for (const [name, value] of Object.entries(changes)) address.searchParams.set(name, value);
      if (address.href !== picture.src) picture.src = address.href;
    }
  };
  let questions = 0;
  // The server counts the pages: it is asked for the form as it stands, and a later answer wins.
  const follow = async () => {
    const question = (questions += 1);
    const body = new URLSearchParams(new FormData(form));
    const shown = pictures[0] === undefined ? 0 : Number(new URL(pictures[0].src).searchParams.get('page'));
    body.set('page', String(shown + 1));
    try {
      const answer = await fetch(form.action, { method: 'POST', body });
      const text = await answer.text();
      if (answer.ok && question === questions) takeOver(form, new DOMParser().parseFromString(text, 'text/html'));
    } catch {
      // The network is away for a moment; the next change asks again.
    }
  };
  for (const picture of pictures) {
    picture.addEventListener('click', async (event) => {
      if (event.detail === 0) return;
      event.preventDefault();
      const box = picture.getBoundingClientRect();
      const place = await placeUnder(
        picture,
        (event.clientX - box.left) / box.width,
        (event.clientY - box.top) / box.height,
      );
      if (place === null) return;
      first.value = String(place + 1);
      redraw({ skip: String(place), page: '0' });
      void follow();
    });
  }
  first.addEventListener('change', () => {
    if (/^[1-9]\d*$/.test(first.value)) redraw({ skip: String(Number(first.value) - 1), page: '0' });
    void follow();
  });
  const template = form.elements.namedItem('template');
  template?.addEventListener('change', () => ask(form, 'redraw', '1'));
  const quantity = form.elements.namedItem('quantity');
  quantity?.addEventListener('change', () => {
    if (/^[1-9]\d{0,7}$/.test(quantity.value)) redraw({ quantity: quantity.value });
    void follow();
  });
}

/** Texts and buttons beside the picture, from the page as the server would show it. In place: nothing may move under a click. */
function takeOver(form, fresh) {
  const both = (selector) => [[...form.querySelectorAll(selector)], [...fresh.querySelectorAll(selector)]];
  for (const selector of ['.turn .h2', '#f-skip-hint']) {
    const [ours, theirs] = both(selector);
    ours.forEach((each, at) => (each.textContent = theirs[at]?.textContent ?? each.textContent));
  }
  const [buttons, turned] = both('.turn button');
  buttons.forEach((each, at) => {
    each.value = turned[at]?.value ?? each.value;
    each.disabled = turned[at]?.disabled ?? each.disabled;
  });
  const [pictures, drawn] = both('.sheet input[type=image]');
  pictures.forEach((each, at) => {
    const source = drawn[at]?.getAttribute('src');
    if (source === null || source === undefined) return;
    each.alt = drawn[at].alt;
    if (each.src !== new URL(source, location.href).href) each.src = source;
  });
}

/** The server knows the sheet's geometry: it names the place. */
async function placeUnder(picture, x, y) {
  const address = new URL('/console/print/place', location.origin);
  for (const name of ['template', 'product'])
    address.searchParams.set(name, new URL(picture.src).searchParams.get(name) ?? '');
  address.searchParams.set('x', x.toFixed(5));
  address.searchParams.set('y', y.toFixed(5));
  const answer = await fetch(address, { headers: { Accept: 'application/json' } });
  return answer.ok ? (await answer.json()).place : null;
}

/** Sends the form for a new picture, not for stamps. */
function ask(form, name, value) {
  const button = document.createElement('button');
  button.name = name;
  button.value = value;
  button.formNoValidate = true;
  button.hidden = true;
  button.setAttribute('formaction', '/console/print#sheet');
  form.append(button);
  form.requestSubmit(button);
}

function watchPrinter(form) {
  const offsets = JSON.parse(form.dataset.printers ?? '{}');
  const inputs = ['offsetX', 'offsetY'].map((name) => form.elements.namedItem(name));
  const printer = form.elements.namedItem('printer');
  printer?.addEventListener('change', () => {
    const own = offsets[printer.value] ?? [0, 0];
    inputs.forEach((input, at) => (input.value = String(own[at])));
    const was = form.elements.namedItem('printerWas');
    if (was instanceof HTMLInputElement) was.value = printer.value;
  });
  for (const input of inputs) {
    if (!(input instanceof HTMLInputElement)) continue;
    const box = document.createElement('div');
    box.className = 'nudge';
    const step = (sign, by, label) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn';
      button.textContent = sign;
      button.setAttribute('aria-label', `${label} · ${input.labels?.[0]?.textContent ?? ''}`);
      button.addEventListener('click', () => {
        const value = Number(input.value.replace(',', '.')) || 0;
        input.value = String(Math.min(10, Math.max(-10, Math.round((value + by) * 10) / 10)));
      });
      return button;
    };
    input.replaceWith(box);
    box.append(step('−', -0.1, form.dataset.less), input, step('+', 0.1, form.dataset.more));
  }
}

function watchDays(form) {
  const days = Number(form.dataset.days);
  const produced = form.elements.namedItem('producedOn');
  const expires = form.elements.namedItem('expiresOn');
  if (!days || !(produced instanceof HTMLInputElement) || !(expires instanceof HTMLInputElement)) return;
  const reckoned = () => {
    const from = new Date(`${produced.value}T00:00:00Z`);
    if (Number.isNaN(from.getTime())) return '';
    from.setUTCDate(from.getUTCDate() + days);
    return from.toISOString().slice(0, 10);
  };
  let last = reckoned();
  produced.addEventListener('change', () => {
    const isOurs = expires.value === last || expires.value === '';
    last = reckoned();
    if (isOurs && last !== '') expires.value = last;
  });
}

function watchScan(input) {
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    const next = document.querySelector(`[name="${input.dataset.scan}"]`);
    if (!(next instanceof HTMLElement) || input.value === '') return;
    event.preventDefault();
    next.focus();
  });
  void offerCamera(input);
}

/** Buttons that read a stamp by photograph or live camera. */
async function offerCamera(input) {
  const { reader, ...words } = input.form?.dataset ?? {};
  if (reader === undefined) return;
  const { offerReading } = await import(reader);
  const place = document.createElement('div');
  place.className = 'scan';
  // Both fields have the same buttons: a screen reader says whose they are.
  place.setAttribute('role', 'group');
  place.setAttribute('aria-label', input.labels?.[0]?.textContent ?? '');
  input.after(place);
  offerReading({
    place,
    look: 'btn',
    words,
    take(text) {
      input.value = text.slice(0, input.maxLength);
      const next = document.querySelector(`[name="${input.dataset.scan}"]`);
      if (next instanceof HTMLElement) next.focus();
      return null;
    },
  });
}

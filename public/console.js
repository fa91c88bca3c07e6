// What makes the console's pages quicker where scripts run; every page works without it.
//
// - A form's button rests while its form is on the way.
// - A page that shows a long work (data-poll) looks again every two seconds, and gently less often when nothing moves.
// - A filter's select sends its form when `data-send` asks for it.
// - A day has a calendar beside its field.
// - A hint below a product's names (data-fit) follows the typing.

for (const form of document.querySelectorAll('form[method=post]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent === 'yes') {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    for (const button of form.querySelectorAll('button')) button.setAttribute('aria-disabled', 'true');
  });
}

// Back to a page from the browser's memory: its forms may be sent again.
window.addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('[aria-disabled]')) button.removeAttribute('aria-disabled');
  }
});

for (const select of document.querySelectorAll('select[data-send]'))
  select.addEventListener('change', () => select.form?.requestSubmit());

// A day is typed; the calendar beside it is the browser's own.
for (const field of document.querySelectorAll('input[data-day]')) {
  const calendar = document.createElement('input');
  if (!('showPicker' in calendar)) break;
  calendar.type = 'date';
  calendar.className = 'calendar';
  calendar.min = field.dataset.min ?? '';
  calendar.max = field.dataset.max ?? '';
  // The typed field is the one that is named and reached by keyboard; this is a second way to fill it by hand.
  calendar.tabIndex = -1;
  calendar.setAttribute('aria-hidden', 'true');
  calendar.addEventListener('change', () => {
    const [year, month, day] = calendar.value.split('-');
    if (day === undefined) return;
    field.value = `${day}/${month}/${year}`;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
  field.after(calendar);
}

const fault = document.querySelector('[aria-invalid=true]');
if (fault instanceof HTMLElement) fault.focus({ preventScroll: false });

const job = document.querySelector('[data-poll]');
if (job instanceof HTMLElement && job.dataset.poll) watch(job, job.dataset.poll);

async function watch(block, address) {
  let seen = '';
  let failed = 0;
  for (let waitMs = 1_500; ; waitMs = Math.min(waitMs * 1.2, 10_000)) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    try {
      const answer = await fetch(address, { headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error(String(answer.status));
      tellAway(block, (failed = 0));
      const text = await answer.text();
      if (text !== seen && seen !== '') waitMs = 1_500;
      seen = text;
      if (JSON.parse(text).ended) {
        location.reload();
        return;
      }
      await redraw(block);
    } catch {
      // The network or the server is away; the work goes on without us.
      tellAway(block, (failed += 1));
    }
  }
}

/** After some failures in a row, beside the bars: what they show is not new. */
function tellAway(block, failed) {
  const told = block.parentElement?.querySelector('.away');
  if (failed < 3) return void told?.remove();
  if (told !== null && told !== undefined) return;
  const note = document.createElement('p');
  note.className = 'away';
  note.setAttribute('role', 'status');
  note.textContent = block.dataset.away ?? '';
  block.after(note);
}

/** The same block as the server draws it now. */
async function redraw(block) {
  const page = await fetch(location.href);
  if (!page.ok) return;
  const fresh = new DOMParser().parseFromString(await page.text(), 'text/html').querySelector('[data-poll]');
  if (fresh !== null) block.replaceChildren(...fresh.childNodes);
}

const fit = document.querySelector('[data-fit]');
if (fit instanceof HTMLElement && fit.dataset.fit) followNames(fit, fit.dataset.fit);

/** Says below a product's names, while they are typed, which labels have no room for what stamps will say. */
function followNames(note, address) {
  const form = note.closest('form');
  let wait = 0;
  let asked = 0;
  form.addEventListener('input', ({ target }) => {
    if (!['name', 'shortName', 'producerId'].includes(target.name)) return;
    clearTimeout(wait);
    wait = setTimeout(async () => {
      asked += 1;
      const mine = asked;
      const url = new URL(address, location.href);
      for (const [key, field] of [
        ['name', 'name'],
        ['shortName', 'shortName'],
        ['producer', 'producerId'],
      ])
        if (form.elements[field]) url.searchParams.set(key, form.elements[field].value);
      try {
        const answer = await fetch(url, { headers: { Accept: 'application/json' } });
        const { text } = await answer.json();
        if (mine === asked && answer.ok) note.textContent = text;
      } catch {
        // Only a hint: the form can be saved without it.
      }
    }, 500);
  });
}

// The search box of every page: what is near while somebody types, by arrow keys or a click; the key `/` goes to it.
// Without this script the box is a plain form.

const box = document.querySelector('input[data-near]');
if (box instanceof HTMLInputElement && box.dataset.near) follow(box, box.dataset.near, box.dataset.none ?? '');

document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || !(box instanceof HTMLElement)) return;
  if (event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')) return;
  event.preventDefault();
  box.focus();
});

/** No address may hold a stamp's code: it is looked for when the form is sent, which is by POST. */
const WHOLE_CODE = /[0-9a-z]{6}[-\s]?[0-9a-z]{6}[-\s]?[0-9a-z]{6}/i;

function follow(field, address, none) {
  const list = document.createElement('ul');
  list.id = 'near';
  list.className = 'near';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', field.labels[0]?.textContent ?? '');
  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-controls', 'near');
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-expanded', 'false');
  field.form.append(list);
  let wait = 0;
  let asked = 0;
  let at = -1;

  const show = (isOpen) => {
    list.hidden = !isOpen;
    field.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) choose(-1);
  };
  const choose = (to) => {
    const items = [...list.querySelectorAll('[role=option]')];
    at = items.length === 0 ? -1 : Math.min(Math.max(to, -1), items.length - 1);
    for (const [i, item] of items.entries()) item.setAttribute('aria-selected', String(i === at));
    const chosen = items[at];
    if (chosen === undefined) field.removeAttribute('aria-activedescendant');
    else {
      field.setAttribute('aria-activedescendant', chosen.id);
      chosen.scrollIntoView({ block: 'nearest' });
    }
  };
  const draw = (found) => {
    list.replaceChildren(
      ...found.map(({ href, name, below, kind }, i) => {
        const item = document.createElement('li');
        item.id = `near-${i}`;
        item.setAttribute('role', 'option');
        const link = document.createElement('a');
        link.href = href;
        link.tabIndex = -1;
        const title = document.createElement('b');
        title.textContent = name;
        const small = document.createElement('small');
        small.textContent = [kind, below].filter((text) => text !== '').join(' · ');
        link.append(title, small);
        item.append(link);
        return item;
      }),
    );
    if (found.length === 0) {
      const item = document.createElement('li');
      item.textContent = none;
      list.append(item);
    }
    show(true);
  };

  field.addEventListener('input', () => {
    clearTimeout(wait);
    const text = field.value.trim();
    if (text.length < 2 || WHOLE_CODE.test(text)) {
      asked += 1;
      show(false);
      return;
    }
    wait = setTimeout(async () => {
      asked += 1;
      const mine = asked;
      try {
        const answer = await fetch(`${address}?${new URLSearchParams({ q: text })}`, {
          headers: { Accept: 'application/json' },
        });
        if (!answer.ok || answer.redirected) return;
        const { found } = await answer.json();
        if (mine === asked) draw(found);
      } catch {
        // Only a help: the form can be sent without it.
      }
    }, 200);
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      show(false);
      return;
    }
    if (list.hidden) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      choose(at + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      list.querySelectorAll('[role=option] a')[at]?.click();
    }
  });
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Node && !field.form.contains(target)) show(false);
  });
}

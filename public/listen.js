// Reads the head of a stamp's page aloud: verdict, fact, what to do. The button is made here, so that it stands only where it works: in a
// browser that has a voice of the page's language on the device itself. Voices that send the text to a service of others are not used.
(() => {
  const { listen, stop } = document.currentScript.dataset;
  const place = document.querySelector('.v > .w');
  if (place === null || !('speechSynthesis' in window)) return;
  const language = document.documentElement.lang;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'k';
  button.style.cssText = 'width:auto;display:inline-flex;margin-top:12px;border-color:#fff;background:none;color:#fff';

  const voice = () =>
    speechSynthesis
      .getVoices()
      .find(
        ({ lang, localService }) => localService && lang.replace('_', '-').toLowerCase().split('-')[0] === language,
      );
  const show = (speaks) => {
    button.textContent = speaks ? stop : listen;
    button.setAttribute('aria-pressed', String(speaks));
  };
  const offer = () => {
    if (button.isConnected || voice() === undefined) return;
    show(false);
    place.append(button);
  };
  /** A block's text ends a sentence, so that headings are not run together with what follows. */
  const text = () =>
    [...document.querySelectorAll('.v h1, .v p, .u h2, .u p, .u li, .u .k')]
      .map((block) => block.textContent.trim())
      .filter((line) => line !== '')
      .map((line) => (/[.!?…]$/.test(line) ? line : `${line}.`))
      .join(' ');

  button.addEventListener('click', () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      show(false);
      return;
    }
    const spoken = new SpeechSynthesisUtterance(text());
    spoken.lang = language;
    spoken.voice = voice() ?? null;
    spoken.onend = () => show(false);
    spoken.onerror = () => show(false);
    show(true);
    speechSynthesis.speak(spoken);
  });
  addEventListener('pagehide', () => speechSynthesis.cancel());
  offer();
  // Voices come a moment after the page.
  speechSynthesis.addEventListener('voiceschanged', offer);
})();

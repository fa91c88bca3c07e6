// The front page's scanner: a photograph of a stamp, or the live camera, leads to the stamp's page. Without script the page names the
// phone's own camera. Only an address of this service is ever opened.
(async () => {
  const section = document.getElementById('camera');
  if (section === null) return;
  const { host, elsewhere, reader, ...words } = section.dataset;

  /** The path of a stamp of this service, or null. */
  const pathOf = (text) => {
    const parts = /^https?:\/\/([^/]+)(\/(?:t\/[^/?#]+|01\/[0-9]{14}\/[^?#]+))$/i.exec(text);
    if (parts === null) return null;
    const named = parts[1].toLowerCase();
    return named === host || named === location.host ? parts[2] : null;
  };

  const { offerReading } = await import(reader);
  offerReading({
    place: section,
    look: 'k',
    words,
    take(text) {
      const path = pathOf(text);
      if (path === null) return `${elsewhere} ${text.slice(0, 80)}`;
      location.assign(path);
      return null;
    },
  });
  if (location.hash === '#camera') section.querySelector('button').focus();
})();

// The front page's camera scanner, where the browser can read QR codes by itself. Without it nothing changes: the page names the
// phone's own camera. Pictures never leave the phone; only an address of this service is ever opened.
(() => {
  const section = document.getElementById('camera');
  if (section === null || !('BarcodeDetector' in window) || !navigator.mediaDevices) return;

  const { host, start, stop, denied, elsewhere } = section.dataset;
  const LOOK_MS = 200;
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  const video = document.createElement('video');
  video.playsInline = true;
  video.muted = true;
  const button = document.createElement('button');
  button.className = 'k';
  button.type = 'button';
  button.textContent = start;
  const message = document.createElement('p');
  message.setAttribute('role', 'status');
  section.append(message, button);
  let stream = null;

  /** The path of a stamp of this service, or null. */
  const pathOf = (text) => {
    const parts = /^https?:\/\/([^/]+)(\/(?:t\/[^/?#]+|01\/[0-9]{14}\/[^?#]+))$/i.exec(text);
    if (parts === null) return null;
    const named = parts[1].toLowerCase();
    return named === host || named === location.host ? parts[2] : null;
  };

  const turnOff = () => {
    if (stream !== null) for (const track of stream.getTracks()) track.stop();
    stream = null;
    video.remove();
    button.textContent = start;
  };

  const look = async () => {
    if (stream === null) return;
    // A frame that cannot be read is no fault: the next one may be.
    const found = await detector.detect(video).catch(() => []);
    for (const { rawValue } of found) {
      const path = pathOf(rawValue);
      if (path !== null) {
        turnOff();
        location.assign(path);
        return;
      }
      message.textContent = `${elsewhere} ${rawValue.slice(0, 80)}`;
    }
    setTimeout(look, LOOK_MS);
  };

  button.addEventListener('click', async () => {
    if (stream !== null) return turnOff();
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch {
      message.textContent = denied;
      return;
    }
    message.textContent = '';
    video.srcObject = stream;
    message.before(video);
    button.textContent = stop;
    await video.play();
    await look();
  });

  addEventListener('pagehide', turnOff);
  if (location.hash === '#camera') button.focus();
})();

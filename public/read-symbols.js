// Reads QR codes from a photograph or the live camera: by the browser's own reader where there is one, else by ZXing's, which is
// fetched from beside this file when somebody first asks for it. Pictures never leave the phone.

const LOOK_MS = 200;
/** Pixels along the longer side: a stamp that fills the picture is read from few, one on a shelf needs more. */
const PHOTO_SIDES = [1_600, 4_096];
const VIDEO_SIDE = 1_024;

let opening = null;

/** Resolves to a function from a picture and its longest side in pixels to the texts found in it. Asked for again after a failure, it tries again. */
function openReader() {
  opening ??= (async () => (await ownReader()) ?? (await fetchedReader()))().catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

/** Null where the browser reads no QR codes, also where it only says it could. */
async function ownReader() {
  if (!('BarcodeDetector' in window)) return null;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes('qr_code')) return null;
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  return async (picture, side) => (await detector.detect(pixelsOf(picture, side))).map(({ rawValue }) => rawValue);
}

async function fetchedReader() {
  const { prepareZXingModule, readBarcodes } = await import('./reader/index.js');
  const wasm = new URL('./zxing_reader.wasm', import.meta.url).href;
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  const options = { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 4 };
  return async (picture, side) =>
    (await readBarcodes(pixelsOf(picture, side), options)).filter(({ isValid }) => isValid).map(({ text }) => text);
}

function pixelsOf(picture, side) {
  const [width, height] = [picture.videoWidth ?? picture.width, picture.videoHeight ?? picture.height];
  const scale = Math.min(1, side / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** The texts of a photograph; none where it shows no symbol. Rejects where the file is no picture. */
async function readPhoto(read, file) {
  const picture = await createImageBitmap(file);
  try {
    for (const side of PHOTO_SIDES) {
      const texts = await read(picture, side);
      if (texts.length > 0 || Math.max(picture.width, picture.height) <= side) return texts;
    }
    return [];
  } finally {
    picture.close();
  }
}

/**
 * Puts the buttons into the page: one for a photograph, one for the live camera where the browser lets a page have it.
 * `place`: takes the elements. `look`: the buttons' class. `words`: photo, reading, none, noPicture, noReader, start, stop, denied.
 * `take(text)`: null where the text was taken, else what to say of it; then the live camera looks on.
 */
export function offerReading({ place, look, words, take }) {
  const message = document.createElement('p');
  message.setAttribute('role', 'status');
  const photo = buttonOf(words.photo, look);
  const file = document.createElement('input');
  file.type = 'file';
  file.accept = 'image/*';
  file.style.display = 'none';
  place.append(file, message, photo);

  const takeFirst = (texts) => {
    let said = null;
    for (const text of texts) {
      said = take(text);
      if (said === null) break;
    }
    message.textContent = said ?? '';
    return said === null;
  };
  /** The reader, or null and a word about it. */
  const ready = async () => {
    message.textContent = words.reading;
    try {
      const read = await openReader();
      message.textContent = '';
      return read;
    } catch {
      message.textContent = words.noReader;
      return null;
    }
  };

  photo.addEventListener('click', () => file.click());
  file.addEventListener('change', async () => {
    const [chosen] = file.files;
    if (chosen === undefined) return;
    const read = await ready();
    // The same photograph may be chosen again.
    file.value = '';
    if (read === null) return;
    message.textContent = words.reading;
    try {
      const texts = await readPhoto(read, chosen);
      if (texts.length === 0) message.textContent = words.none;
      else takeFirst(texts);
    } catch {
      message.textContent = words.noPicture;
    }
  });
  if (navigator.mediaDevices?.getUserMedia !== undefined)
    offerCamera({ place, look, words, message, ready, takeFirst });
}

function offerCamera({ place, look, words, message, ready, takeFirst }) {
  const button = buttonOf(words.start, look);
  place.append(button);
  const video = document.createElement('video');
  video.playsInline = true;
  video.muted = true;
  let stream = null;
  const turnOff = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.remove();
    button.textContent = words.start;
  };
  const watch = async (read) => {
    if (stream === null) return;
    // A frame that cannot be read is no fault: the next one may be.
    const texts = video.videoWidth === 0 ? [] : await read(video, VIDEO_SIDE).catch(() => []);
    if (stream === null) return;
    if (texts.length > 0 && takeFirst(texts)) return turnOff();
    setTimeout(() => void watch(read), LOOK_MS);
  };
  button.addEventListener('click', async () => {
    if (stream !== null) return turnOff();
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch {
      message.textContent = words.denied;
      return;
    }
    video.srcObject = stream;
    message.before(video);
    button.textContent = words.stop;
    await video.play();
    const read = await ready();
    if (read === null) turnOff();
    else await watch(read);
  });
  addEventListener('pagehide', turnOff);
}

function buttonOf(text, look) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = look;
  button.textContent = text;
  return button;
}

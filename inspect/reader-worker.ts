// Reads symbols in pictures, off the page's thread, with ZXing's WebAssembly from our own server. The page sends the
// next picture only when this one is answered, so frames are dropped and never queue.

/** Written before this script by the server. */
declare const ZXING_READER: string;
declare const ZXING_WASM: string;

interface Zxing {
  prepareZXingModule(options: object): Promise<unknown>;
  readBarcodes(picture: ImageData, options: object): Promise<{ isValid: boolean; text: string }[]>;
}

/** `thorough`: a photograph, where time does not matter. */
export interface Picture {
  id: number;
  bitmap: ImageBitmap;
  thorough: boolean;
}

interface WorkerScope {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<Picture>) => void): void;
}

const QUICK = { formats: ['QRCode'], tryHarder: true, tryRotate: false, tryInvert: false, maxNumberOfSymbols: 1 };
const THOROUGH = { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 4 };
/** A stamp at arm's length has 200 pixels of these; reading twice as many takes four times as long. */
const FRAME_SIDE = 960;
const PHOTO_SIDES = [1_600, 4_096] as const;

const scope = self as unknown as WorkerScope;
let opening: Promise<Zxing> | null = null;
const canvas = new OffscreenCanvas(1, 1);

scope.addEventListener('message', ({ data }) => void answer(data));

async function answer({ id, bitmap, thorough }: Picture): Promise<void> {
  try {
    const zxing = await open();
    const texts = thorough ? await readPhoto(zxing, bitmap) : await read(zxing, bitmap, FRAME_SIDE, QUICK);
    scope.postMessage({ id, texts });
  } catch {
    opening = null; // the file may have failed to come: the next picture tries again
    scope.postMessage({ id, texts: null });
  } finally {
    bitmap.close();
  }
}

function open(): Promise<Zxing> {
  opening ??= (async () => {
    const zxing = (await import(ZXING_READER)) as Zxing;
    await zxing.prepareZXingModule({ overrides: { locateFile: () => ZXING_WASM }, fireImmediately: true });
    return zxing;
  })();
  return opening;
}

async function readPhoto(zxing: Zxing, bitmap: ImageBitmap): Promise<string[]> {
  for (const side of PHOTO_SIDES) {
    const texts = await read(zxing, bitmap, side, THOROUGH);
    if (texts.length > 0 || Math.max(bitmap.width, bitmap.height) <= side) return texts;
  }
  return [];
}

async function read(zxing: Zxing, bitmap: ImageBitmap, side: number, options: object): Promise<string[]> {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0, width, height);
  const found = await zxing.readBarcodes(context.getImageData(0, 0, width, height), options);
  return found.filter(({ isValid }) => isValid).map(({ text }) => text);
}

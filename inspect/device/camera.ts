// The live camera: it sends one frame at a time to the reader and drops the rest, so that a slow phone reads fewer
// frames and never old ones. 720 lines are enough for a 15 mm symbol at 12 cm.

import type { Reader } from './reader.ts';

const VIDEO = { facingMode: { ideal: 'environment' }, width: { ideal: 1_280 }, height: { ideal: 720 } };
/** Between two frames where the browser does not say when a new one is there. */
const FRAME_MS = 66;

interface Torched extends MediaTrackCapabilities {
  torch?: boolean;
}

/** Why there is no picture. */
export type CameraFault = 'denied' | 'none';

export class Camera {
  readonly video: HTMLVideoElement;
  private readonly reader: Reader;
  private readonly onRead: (texts: readonly string[]) => void;
  private stream: MediaStream | null = null;

  constructor(reader: Reader, onRead: (texts: readonly string[]) => void) {
    this.reader = reader;
    this.onRead = onRead;
    this.video = document.createElement('video');
    this.video.playsInline = true;
    this.video.muted = true;
  }

  get isOn(): boolean {
    return this.stream !== null;
  }

  get hasTorch(): boolean {
    const track = this.stream?.getVideoTracks()[0];
    return (track?.getCapabilities?.() as Torched | undefined)?.torch === true;
  }

  /** Null: it runs. */
  async start(): Promise<CameraFault | null> {
    if (this.stream !== null) return null;
    if (navigator.mediaDevices?.getUserMedia === undefined) return 'none';
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: VIDEO });
    } catch (error) {
      return error instanceof DOMException && error.name === 'NotFoundError' ? 'none' : 'denied';
    }
    this.video.srcObject = this.stream;
    await this.video.play().catch(() => undefined); // ended before it began
    void this.watch(this.stream);
    return null;
  }

  stop(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
  }

  /** @returns whether the light obeyed */
  async setTorch(on: boolean): Promise<boolean> {
    const track = this.stream?.getVideoTracks()[0];
    try {
      await track?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
      return track !== undefined;
    } catch {
      return false;
    }
  }

  private async watch(stream: MediaStream): Promise<void> {
    while (this.stream === stream) {
      await this.nextFrame();
      if (this.stream !== stream || document.hidden || this.video.videoWidth === 0) continue;
      const bitmap = await createImageBitmap(this.video).catch(() => null);
      if (bitmap === null) continue;
      const texts = await this.reader.read(bitmap, false);
      if (texts !== null && texts.length > 0 && this.stream === stream) this.onRead(texts);
    }
  }

  private nextFrame(): Promise<void> {
    const { video } = this;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, FRAME_MS * 4);
      const go = (): void => {
        clearTimeout(timer);
        resolve();
      };
      if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(go);
      else setTimeout(go, FRAME_MS);
    });
  }
}

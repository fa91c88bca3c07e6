// What is asked of the phone by a tap: its name, a picture, where it is, and to show a paper.

import type { ServerClock } from '../core/proof.ts';
import type { Position } from '../core/wire.ts';

/** Model or system from the browser's own name: `SM-A155F`, `iPhone`, else ''. */
export function deviceNameOf(userAgent: string): string {
  const android = /Android [\d.]+; ([^;)]{1,40})/.exec(userAgent)?.[1];
  if (android !== undefined) return android.trim() === 'K' ? 'Android' : android.trim();
  return /iPhone|iPad/.exec(userAgent)?.[0] ?? /Windows|Macintosh|Linux/.exec(userAgent)?.[0] ?? '';
}

/** A picture from the camera or the gallery; null: none was chosen. */
export function chooseFile(): Promise<File | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*';
  input.setAttribute('capture', 'environment');
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

const POSITION_MS = 15_000;

/** Where the phone is, asked once by a tap; null: it was not given. */
export function findPosition(clock: ServerClock): Promise<Position | null> {
  return new Promise((resolve) => {
    if (navigator.geolocation === undefined) return resolve(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) =>
        resolve({ lat: latitude, lon: longitude, accuracyM: Math.ceil(accuracy), at: clock.instant() }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: POSITION_MS, maximumAge: 0 },
    );
  });
}

const PAPER_TYPES = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** Hands a paper to the phone, which shows or shares it. */
export function openPaper(bytes: Uint8Array<ArrayBuffer>, kind: keyof typeof PAPER_TYPES, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: PAPER_TYPES[kind] }));
  link.download = `${name}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

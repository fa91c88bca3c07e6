// The parts of `qrcode` 1.5.4 that its public types leave out: its core without the writers of images (a third of the
// time to load), and its penalty rules.

declare module 'qrcode/lib/core/qrcode.js' {
  export interface BitMatrix {
    size: number;
    /** Row by row, 1 is dark. */
    data: Uint8Array;
  }
  export interface Segment {
    data: string;
    mode: 'alphanumeric';
  }
  export function create(
    segments: Segment[],
    options: { version: number; errorCorrectionLevel: 'M'; maskPattern: number },
  ): { modules: BitMatrix; version: number; maskPattern: number };
}

declare module 'qrcode/lib/core/mask-pattern.js' {
  import type { BitMatrix } from 'qrcode/lib/core/qrcode.js';

  export function getPenaltyN1(modules: BitMatrix): number;
  export function getPenaltyN2(modules: BitMatrix): number;
  export function getPenaltyN3(modules: BitMatrix): number;
  export function getPenaltyN4(modules: BitMatrix): number;
}

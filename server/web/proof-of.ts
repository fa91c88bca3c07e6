// What of a request the inspector's app signed (domain/people/device-proof.ts).

import type { Request } from 'express';

export function proofOf(request: Request): { method: string; path: string; proof: string | undefined } {
  const proof = request.headers['temtrace-proof'];
  return { method: request.method, path: request.originalUrl, proof: typeof proof === 'string' ? proof : undefined };
}

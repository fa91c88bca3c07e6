// The log: one JSON line for each event, with a name and fields. A stamp is named by batch and serial, never by its
// code. No address of a visitor, key or password is ever a field.

import { pino, type Logger } from 'pino';
import type { LogLevel } from './config.ts';

export function createLog(level: LogLevel): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['password', 'authorization', 'cookie', '*.password', '*.authorization', '*.cookie', 'err.details'],
      remove: true,
    },
  });
}

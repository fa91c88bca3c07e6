// Figures for Prometheus: those of the process, and how scans were answered. No stamp, person or address is in a label.

import { collectDefaultMetrics, Counter, Registry } from 'prom-client';

export interface Metrics {
  token: string;
  registry: Registry;
  /** Counts one answered look-up by its outcome: a verdict, or why there was none. */
  scanAnswered: (outcome: string) => void;
  /** Counts rows in the store that are not as they were written, by the event of their log line. */
  alarmRaised: (event: string) => void;
}

export function createMetrics(token: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const scans = new Counter({
    name: 'temtrace_scans_total',
    help: 'Look-ups answered',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const alarms = new Counter({
    name: 'temtrace_store_alarms_total',
    help: 'Findings of something in the store that is not as it was written',
    labelNames: ['event'],
    registers: [registry],
  });
  return {
    token,
    registry,
    scanAnswered: (outcome) => scans.inc({ outcome }),
    alarmRaised: (event) => alarms.inc({ event }),
  };
}

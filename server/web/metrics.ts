// Figures for Prometheus: the process's own, and how scans were answered. No stamp, person or address is in a label.

import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export interface Metrics {
  token: string;
  registry: Registry;
  /** Counts one answered scan. */
  scanAnswered: (status: number, verdict: string, seconds: number) => void;
}

export function createMetrics(token: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const scans = new Counter({ name: 'temtrace_scans_total', help: 'Look-ups answered', labelNames: ['status', 'verdict'], registers: [registry] });
  const times = new Histogram({
    name: 'temtrace_scan_seconds',
    help: 'Time from request to answer of a look-up',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  return {
    token,
    registry,
    scanAnswered: (status, verdict, seconds) => {
      scans.inc({ status: String(status), verdict });
      times.observe(seconds);
    },
  };
}

// Streams a million stamps as one PDF: how much the server's memory grows, and how long look-ups take meanwhile.

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { TEMPLATE_FOLDER } from '../admin/open-store.ts';
import { median, type Figure } from './figure.ts';
import { load, startServer } from './processes.ts';

const CONNECTIONS = 8;
const MIB = 2 ** 20;
/** Stamps of a first sheet, which loads the fonts and starts the worker. */
const WARM_STAMPS = 1_000;

interface Plan {
  stamps: number;
  loadRequests: number;
  templates: readonly string[];
}

/** @param folder an empty folder */
export async function measureStreaming(folder: string, plan: Plan): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const template of plan.templates) {
    const own = join(folder, template);
    mkdirSync(own);
    figures.push(...(await measure(own, template, plan)));
    rmSync(own, { recursive: true });
  }
  return figures;
}

async function measure(folder: string, template: string, { stamps, loadRequests }: Plan): Promise<Figure[]> {
  const server = await startServer('temtrace', folder, WARM_STAMPS + stamps, { pin: hasPin(template) });
  const sheetPath = `${server.sheetPath}?template=${template}`;
  const plan = {
    port: server.port,
    connections: CONNECTIONS,
    accept: 'application/json',
    path: null,
    codesFile: server.codesFile,
  };
  try {
    await stream(server.port, `${sheetPath}&from=1&to=${WARM_STAMPS}`, server.apiKey);
    await load({ ...plan, requests: loadRequests, firstCode: 0, stopAfterMs: null });
    const idle = await load({ ...plan, requests: loadRequests, firstCode: loadRequests, stopAfterMs: null });

    await server.peakRssBytes();
    const { rssBytes: before, cpuSeconds: cpuBefore } = await server.use();
    const sheet = stream(server.port, `${sheetPath}&from=${WARM_STAMPS + 1}&to=${WARM_STAMPS + stamps}`, server.apiKey);
    const busy: number[] = [];
    let firstCode = 2 * loadRequests;
    let streaming = true;
    void sheet.finally(() => (streaming = false));
    while (streaming) {
      const report = await load({ ...plan, requests: loadRequests, firstCode, stopAfterMs: null });
      firstCode += report.answered;
      busy.push(report.p99Ms);
    }
    const { bytes, seconds } = await sheet;
    const growth = (await server.peakRssBytes()) - before;
    const cpu = (await server.use()).cpuSeconds - cpuBefore;
    return [
      {
        part: 'streaming',
        what:
          `${stamps.toLocaleString('en-US')} stamps on ${template} as one PDF over HTTP: ` +
          'growth of the whole server',
        unit: 'MiB',
        ours: growth / MIB,
        beside: [
          {
            kind: 'naive',
            what: 'the file itself, which a server that builds it first would hold',
            value: bytes / MIB,
          },
        ],
        targets: [{ what: 'MiB', bound: 100, rule: 'at most', measured: growth / MIB }],
        notes: [
          `${(bytes / stamps).toFixed(1)} bytes a stamp, ${seconds.toFixed(1)} s by the clock, ` +
            `${cpu.toFixed(1)} CPU-seconds with the look-ups.`,
        ],
      },
      {
        part: 'streaming',
        what: `look-ups while ${template} streams, ${CONNECTIONS} connections: p99`,
        unit: 'ms',
        ours: median(busy),
        beside: [{ kind: 'floor', what: 'the same look-ups while nothing else is done', value: idle.p99Ms }],
        targets: [{ what: 'against idle', bound: 4, rule: 'at most', measured: median(busy) / idle.p99Ms }],
        notes: [`Median of the p99 of ${busy.length} loads of ${loadRequests} look-ups.`],
      },
    ];
  } finally {
    await server.stop();
  }
}

/** Whether its labels show a PIN; the batch must then have PINs. */
function hasPin(template: string): boolean {
  return readFileSync(join(TEMPLATE_FOLDER, `${template}.json`), 'utf8').includes('"kind": "pin"');
}

/** Fetches the answer and discards it. @throws Error if it is not 200 or breaks off */
function stream(port: number, path: string, apiKey: string): Promise<{ bytes: number; seconds: number }> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const asked = request(
      { port, host: '127.0.0.1', path, headers: { authorization: `Bearer ${apiKey}` } },
      (answer) => {
        let bytes = 0;
        answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
        answer.on('error', reject);
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve({ bytes, seconds: (performance.now() - began) / 1_000 });
          else reject(new Error(`the sheet was answered with ${String(answer.statusCode)}`));
        });
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

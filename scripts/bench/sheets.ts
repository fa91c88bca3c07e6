// Print files compared with what one writes first, per CPU-second of the whole process and everything it loads; and,
// once started, with the compressor alone.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseTemplate } from '../../server/sheet/template/template-loader.ts';
import { median, type Figure } from './figure.ts';
import { interleaved } from './rounds.ts';
import type { Way, WayUse } from './sheet-ways.ts';

const STAMPS_MANY = 100_000;
const STAMPS_FEW = 10_000;
/** Enough for a steady rate where every stamp costs the same; the start is then 2 to 5 % of it. */
const STAMPS_PNG = 2_600;
const STAMPS_RUNS = 5_200;
const MASK_RULE =
  'Mask rule: ours is chosen once a batch by penalty; ' +
  'both naive ways let qrcode choose the best of eight for each symbol.';
const CONTENT =
  'Ours says code, serial, product, producer, stars, hint and host in Be Vietnam Pro; ' +
  'the naive ways code and two lines in Helvetica, always 65 a page.';
/** The one that bytes are promised for: labels of a roll have a page each. */
const A4_65 = 'a4-65';

const run = promisify(execFile);

const WARM =
  "All ways run with Node's compile cache warm (NODE_COMPILE_CACHE), " +
  'so that none strips and compiles its modules anew.';

export async function measureSheets({
  rounds,
  templates,
}: {
  rounds: number;
  templates: readonly string[];
}): Promise<Figure[]> {
  const cache = mkdtempSync(join(tmpdir(), 'bench-compiled-'));
  try {
    const figures: Figure[] = [];
    for (const template of templates) figures.push(...(await measure(template, rounds, cache)));
    return figures;
  } finally {
    rmSync(cache, { recursive: true });
  }
}

async function measure(template: string, rounds: number, cache: string): Promise<Figure[]> {
  const json = templateJson(template);
  const steady: NonNullable<WayUse['steady']>[] = [];
  const rateOf = async (way: Way, stamps: number, compiled: string | null = cache): Promise<number> => {
    const use = await used(way, stamps, json, compiled);
    if (use.steady !== undefined) steady.push(use.steady);
    return stamps / use.cpuSeconds;
  };
  const rate = await interleaved(
    {
      png: () => rateOf('png', STAMPS_PNG),
      runs: () => rateOf('runs', STAMPS_RUNS),
      few: () => rateOf('fast', STAMPS_FEW),
      many: () => rateOf('fast', STAMPS_MANY),
      fewCold: () => rateOf('fast', STAMPS_FEW, null),
      manyCold: () => rateOf('fast', STAMPS_MANY, null),
      steady: () => rateOf('steady', STAMPS_MANY),
    },
    rounds,
  );
  const { bytes, stamps } = await used('fast', STAMPS_MANY, json, cache);
  const counted = steady.slice(1); // the first round warms up
  const ours = median(counted.map((each) => each.ours));
  const deflate = median(counted.map((each) => each.deflate));
  const share = median(counted.map((each) => each.ours / each.deflate));

  const whole = (count: number, value: number, cold: number, png: number, runs: number): Figure => ({
    part: 'sheets',
    what: `${count.toLocaleString('en-US')} stamps on ${template}, whole process`,
    unit: 'stamps per CPU-second',
    ours: value,
    beside: [
      { kind: 'naive', what: 'a PNG a stamp by qrcode, into pdfkit', value: rate.png },
      { kind: 'naive', what: 'dark runs of qrcode as rectangles, into pdfkit', value: rate.runs },
    ],
    targets: [
      { what: 'against the PNG way', bound: png, rule: 'at least', measured: value / rate.png },
      { what: 'against the dark-runs way', bound: runs, rule: 'at least', measured: value / rate.runs },
    ],
    notes: [
      MASK_RULE,
      CONTENT,
      `${WARM} Ours without it: ${(cold / rate.png).toFixed(0)} x and ${(cold / rate.runs).toFixed(1)} x.`,
    ],
  });
  return [
    whole(STAMPS_MANY, rate.many, rate.manyCold, 450, 100),
    whole(STAMPS_FEW, rate.few, rate.fewCold, 60, 15),
    {
      part: 'sheets',
      what: `${template} past the first 10,000 stamps`,
      unit: 'stamps per CPU-second',
      ours,
      beside: [{ kind: 'floor', what: 'zlib level 1 alone over the same pages', value: deflate }],
      targets: [{ what: 'against zlib level 1 alone', bound: 0.5, rule: 'at least', measured: share }],
      notes: ['Median of the ratios of one process each; one mask a batch.'],
    },
    {
      part: 'sheets',
      what: `a print file of ${template}`,
      unit: 'bytes a stamp',
      ours: bytes / stamps,
      beside: [],
      targets:
        template === A4_65 ? [{ what: 'bytes a stamp', bound: 150, rule: 'at most', measured: bytes / stamps }] : [],
      notes: [CONTENT],
    },
  ];
}

/** The template as a drawing thread gets it: checked, with all defaults filled in. */
function templateJson(id: string): string {
  const parsed = parseTemplate(readFileSync(new URL(`../../label-templates/${id}.json`, import.meta.url), 'utf8'));
  if (!parsed.ok) throw new Error(`${id} is broken`, { cause: parsed.faults });
  return JSON.stringify(parsed.template);
}

/** @param compiled folder of Node's compile cache; null: no cache */
async function used(way: Way, stamps: number, template: string, compiled: string | null): Promise<WayUse> {
  const script = fileURLToPath(new URL('./sheet-ways.ts', import.meta.url));
  const env =
    compiled === null
      ? { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' }
      : { ...process.env, NODE_COMPILE_CACHE: compiled };
  const { stdout } = await run(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, way, String(stamps), template],
    { env },
  );
  return JSON.parse(stdout) as WayUse;
}

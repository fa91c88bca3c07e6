// Assembles one running service: store, actions, look-up, pages, jobs, and the HTTP server in front. main.ts starts it
// from the environment, the demo and the tests with their own settings.

import { accessSync, chmodSync, constants } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { OfficeFactsCache } from './actions/kit/office-facts.ts';
import type { ActionContext } from './actions/kit/context.ts';
import { DayQuotas } from './actions/kit/day-quotas.ts';
import { roomIn } from './actions/kit/room.ts';
import { identifyKey } from './actions/people/identify-key.ts';
import { identifySession } from './actions/people/identify-session.ts';
import { closeFingerprints } from './actions/pack/fingerprints.ts';
import { closeWorkbookWriter } from './actions/import/write-workbook.ts';
import { jobFilesIn } from './actions/print/job-files.ts';
import { signInDesk } from './actions/people/sign-in-desk.ts';
import { CodeTries } from './actions/scans/code-tries.ts';
import { StampReads } from './actions/scans/stamp-reads.ts';
import { readSiteMark } from './actions/uploads/site-mark.ts';
import { closeUploadReader } from './actions/uploads/upload-reader.ts';
import { ConfigError, type Config } from './config.ts';
import type { Site } from './domain/site.ts';
import { unwrapKeys } from './domain/batches/batch-secret.ts';
import { cleanJobFiles } from './jobs/job-file-cleanup.ts';
import { startPrintJobRunner } from './jobs/print-job-runner.ts';
import { FileSweep } from './jobs/file-sweep.ts';
import { makeImportRunner } from './jobs/import-runner.ts';
import { runLeased } from './jobs/leased.ts';
import { repeat, repeatLater } from './jobs/repeat.ts';
import { forgetOldScans, NOTHING_FORGOTTEN } from './jobs/retention.ts';
import { StoreChecker } from './jobs/store-check.ts';
import { makeFolder } from './kit/folder.ts';
import { NamedQueues } from './kit/queue.ts';
import { deriveKeys, openMasterKey, type DerivedKeys } from './master-key.ts';
import { makeAnswerScan, type AnswerScan } from './scan/answer-scan.ts';
import type { ScanRequest } from './scan/answer.ts';
import { closePartWorker } from './sheet/threads/make-part.ts';
import { closePreviewWorker } from './sheet/preview/draw-preview.ts';
import { closeSheetWorkers } from './sheet/threads/draw-sheet.ts';
import { loadTemplates } from './sheet/template/template-loader.ts';
import { ALARM_EVENTS } from './store/alarm.ts';
import { addressFaultOf, isNewEmbedded, openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { createApp } from './web/app.ts';
import { makeEntrance } from './web/entrance.ts';
import { createMetrics, type Metrics } from './web/metrics.ts';
import { scanPages } from './web/public/pages.ts';
import { nodeScanMount, REQUESTS_PER_SOCKET_MAX, scanServerOptions } from './web/public/mount.ts';
import { readSessionCookie } from './web/session-cookie.ts';

export interface ServiceParts {
  log: Logger;
  now: () => Date;
  random: (bytes: number) => Uint8Array;
  version: string;
  /** Folder of label templates. */
  templateFolder: string;
  /** Told that the store ends before what lies beside it; absent: such a store is not opened. */
  onGap?: (gap: string) => void;
}

/** The parts that need no port, for scripts. */
export interface Workshop {
  store: Store;
  /** Says what an operator should know of the store: to the log, and to the metrics where it is an alarm. */
  storeLog: (event: string, fields: Record<string, unknown>) => void;
  context: Omit<ActionContext, 'request'>;
  answerScan: AnswerScan;
  metrics: Metrics | null;
  close: () => Promise<void>;
}

export interface Service extends Workshop {
  /** Where it listens: `http://127.0.0.1:3000`. */
  address: string;
}

const MIB = 1024 * 1024;
const FLUSH_MS = 10_000;
const RETENTION_MS = 3_600_000;
const SWEEP_MS = 24 * RETENTION_MS;
/** How soon an import that was made here or on another server is begun. */
const IMPORT_LOOK_MS = 700;
/** How soon after its start, and how often, a server looks whether a check of the store is due. */
const CHECK_LOOK_MS = 60_000;
/** How long answers under way may take after a stop was requested. */
const DRAIN_MS = 20_000;

/**
 * Opens store, keys and templates.
 * @throws ConfigError for a data folder that cannot be written, MasterKeyError, StoreError
 */
export async function openWorkshop(config: Config, parts: ServiceParts): Promise<Workshop> {
  prepareDataDir(config.dataDir);
  const fault = await addressFaultOf(config.databaseUrl);
  if (fault !== null) throw new ConfigError([`DATABASE_URL: ${fault}`]);
  const keys: DerivedKeys = deriveKeys(
    openMasterKey(config.masterKeyFile, await isNewEmbedded(config.databaseUrl), parts.random),
  );
  const site = await siteOf(config);
  const { templates, testGrids, faults } = loadTemplates(parts.templateFolder);
  for (const fault of faults) parts.log.error({ event: 'template.broken', ...fault });
  const metrics = config.metricsToken === null ? null : createMetrics(config.metricsToken);
  const storeLog = (event: string, fields: Record<string, unknown>): void => {
    const isAlarm = ALARM_EVENTS.has(event);
    parts.log[isAlarm ? 'error' : 'warn']({ event, ...fields });
    if (isAlarm) metrics?.alarmRaised(event);
  };
  const store = await openStore({
    databaseUrl: config.databaseUrl,
    rowKey: keys.row,
    now: parts.now,
    timeZone: config.timeZone,
    dataDir: config.dataDir,
    ...(parts.onGap === undefined ? {} : { onGap: parts.onGap }),
    log: storeLog,
  });
  const context: Workshop['context'] = {
    store,
    now: parts.now,
    random: parts.random,
    settings: {
      publicOrigin: config.publicOrigin,
      timeZone: config.timeZone,
      requireTwoFactor: config.requireTwoFactor,
      securityContact: config.securityContact,
      site,
    },
    keys: { wrap: keys.wrap },
    templates,
    testGrids,
    queues: new NamedQueues(),
    officeFacts: new OfficeFactsCache(store, config.timeZone, parts.now),
    stampReads: new StampReads(),
    codeTries: new CodeTries(),
    quotas: new DayQuotas(),
    signIns: signInDesk(parts.random(32), (event, fields) => parts.log.info({ event, ...fields })),
    jobFiles: jobFilesIn(config.dataDir),
    room: roomIn(config.dataDir, store, config.diskReserveMib * MIB),
  };
  const answerScan = makeAnswerScan({
    store,
    unwrap: (batch) => unwrapKeys(keys.wrap, batch),
    now: parts.now,
    random: parts.random,
    timeZone: config.timeZone,
    publicOrigin: config.publicOrigin,
    placeHeader: config.placeHeader,
    log: parts.log,
    pages: scanPages(config.publicOrigin, site),
    isSignedIn: (headers) => isSignedIn(headers, context),
    wait,
    onAnswer: (outcome) => metrics?.scanAnswered(outcome),
  });
  const close = async (): Promise<void> => {
    answerScan.stop();
    await answerScan.flushRefusals();
    await context.signIns.watch.settled();
    await store.close();
    await closeSheetWorkers();
    await closePartWorker();
    await closePreviewWorker();
    await closeUploadReader();
    await closeWorkbookWriter();
    await closeFingerprints();
  };
  return { store, storeLog, context, answerScan, metrics, close };
}

/** @throws ConfigError if SITE_MARK names no picture */
async function siteOf({ siteName, siteMark }: Config): Promise<Site> {
  if (siteMark === null) return { name: siteName, mark: null };
  const mark = await readSiteMark(siteMark);
  if (mark === null) throw new ConfigError(['SITE_MARK: names no whole PNG, JPEG or WebP picture of at most 2 MB']);
  return { name: siteName, mark };
}

/**
 * Opens a workshop and serves it until `close`, which lets answers under way finish for at most 20 s.
 * @throws as openWorkshop, and what listening throws
 */
export async function startService(config: Config, parts: ServiceParts): Promise<Service> {
  const workshop = await openWorkshop(config, parts);
  try {
    return await serve(workshop, config, parts);
  } catch (error) {
    await workshop.close();
    throw error;
  }
}

async function serve(workshop: Workshop, config: Config, parts: ServiceParts): Promise<Service> {
  const { answerScan, context, metrics, store, storeLog } = workshop;
  const { log, now, version } = parts;
  const entrance = makeEntrance({ trustProxy: config.trustProxy, log });
  const app = createApp({ context, answerScan, entrance, log, version, metrics });
  const server = createServer(scanServerOptions(), nodeScanMount(answerScan, entrance, app));
  server.maxRequestsPerSocket = REQUESTS_PER_SOCKET_MAX;
  const address = await listen(server, config);

  const retention = store.lease('retention');
  const forgotten = { ...NOTHING_FORGOTTEN };
  const jobFailed = (job: string) => (error: unknown) => log.error({ event: 'job.failed', job, err: error });
  const imports = makeImportRunner(context);
  const checker = new StoreChecker({ store, now, found: (fault) => storeLog('store.check-found', { fault }) });
  const sweep = new FileSweep(store);
  const sweepFiles = async (): Promise<void> => {
    const files = await sweep.round(now());
    if (files > 0) log.info({ event: 'files.swept', files });
  };
  let stopped = false;
  // Reads page by page, with look-ups in between; whoever asks meanwhile waits for the same reading.
  const warming = context.officeFacts.warm(() => stopped).catch(jobFailed('office-facts'));
  const stops = [
    () => warming,
    repeat(() => imports.work(), IMPORT_LOOK_MS, jobFailed('imports')),
    () => imports.stop(),
    repeatLater(() => checker.work(), CHECK_LOOK_MS, jobFailed('store-check')),
    () => checker.stop(),
    repeat(() => answerScan.flushRefusals(), FLUSH_MS, jobFailed('flush-refusals')),
    repeat(
      async () =>
        void (await runLeased(retention, async () => void (await forgetOldScans(store, now(), config, forgotten)))),
      RETENTION_MS,
      jobFailed('retention'),
    ),
    repeat(
      async () => void (await cleanJobFiles(store, context.jobFiles.folder, now(), config.printFileDays)),
      RETENTION_MS,
      jobFailed('print-files'),
    ),
    repeat(
      async () => void (await runLeased(store.lease('file-sweep'), sweepFiles)),
      SWEEP_MS,
      jobFailed('file-sweep'),
    ),
    startPrintJobRunner({
      context,
      log: (event, fields) => log.info({ event, ...fields }),
      failed: jobFailed('print-jobs'),
    }),
  ];
  const close = async (): Promise<void> => {
    stopped = true;
    await drain(server);
    await Promise.all(stops.map((stop) => stop()));
    await workshop.close();
  };
  return { ...workshop, address, close };
}

async function listen(server: Server, { host, port }: Config): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ConfigError([
      `PORT: cannot listen on ${host}:${port} (${error instanceof Error ? error.message : String(error)})`,
    ]);
  }
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new TypeError('the server has no port');
  return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
}

/** Accepts no new connection, lets answers under way finish, and cuts what is left after DRAIN_MS. */
async function drain(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(cut);
}

function prepareDataDir(path: string): void {
  try {
    makeFolder(path);
    chmodSync(path, 0o700);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`DATA_DIR: ${path} cannot be written (${reason})`]);
  }
}

async function isSignedIn(headers: ScanRequest['headers'], context: Workshop['context']): Promise<boolean> {
  const ctx: ActionContext = { ...context, request: null };
  const bearer = /^Bearer +(\S+)$/i.exec(String(headers['authorization'] ?? ''))?.[1];
  if (bearer !== undefined) return (await identifyKey(bearer, ctx)) !== null;
  const cookies = typeof headers['cookie'] === 'string' ? headers['cookie'] : undefined;
  const token = readSessionCookie(cookies, context.settings.publicOrigin);
  return token !== null && (await identifySession(token, ctx)) !== null;
}

// The pictures of docs/tour.md, in its order: a producer prints, the office runs the programme, and the lot of the
// stamp that a buyer scanned (page-valid.png) is recalled before the buyer scans it again.

import type { Browser } from 'playwright-core';
import type { DemoRecord } from '../demo/make-demo.ts';
import { OFFICE_PC, PHONE, signIn, takePicture, visit, type Visitor } from './camera.ts';

const READ_BACK_MS = 60_000;
/** What the producer prints in the tour: 130 stamps, from the 12th place of a sheet that was used before. */
const PRINTED = { template: 'a4-65', lot: 'CMT-2611-02', quantity: '130', skip: '12' };
/** What the person who scans the recalled lot reads. */
const WORDS = {
  reason: 'Một số túi bị rách màng trong khi đóng gói.',
  advice: 'Không dùng. Mang trả nơi đã mua để được hoàn tiền.',
};

export interface Tour {
  browser: Browser;
  /** Where the demo is served. */
  address: string;
  demo: DemoRecord;
  /** The folder for the pictures. */
  folder: string;
}

/** One person's two screens. */
interface Desk {
  pc: Visitor;
  phone: Visitor;
}

export async function takeTour(tour: Tour): Promise<void> {
  await asPerson(tour, 'producer', (desk) => producerPrints(tour, desk));
  await asPerson(tour, 'office', async (desk) => {
    await officeRuns(tour, desk);
    await officeRecalls(tour, desk);
  });
  await buyerScansAgain(tour);
}

async function asPerson(
  { browser, address, demo }: Tour,
  role: string,
  work: (desk: Desk) => Promise<void>,
): Promise<void> {
  const user = demo.users.find((one) => one.role === role);
  if (user === undefined) throw new RangeError(`the demo has no ${role}`);
  const pc = await visit(browser, address, OFFICE_PC, null);
  const phone = await visit(browser, address, PHONE, await signIn(pc, user.login, user.password));
  await work({ pc, phone });
  await Promise.all([pc.leave(), phone.leave()]);
}

async function producerPrints({ address, folder }: Tour, { pc, phone }: Desk): Promise<void> {
  const { page } = pc;
  await page.goto(`${address}/console`);
  await takePicture(pc, folder, 'tour-producer');
  await page.goto(`${address}/console/print`);
  await page.fill('[name="lot"]', PRINTED.lot);
  await page.fill('[name="quantity"]', PRINTED.quantity);
  // Another kind of label starts at its first place, and choosing it counts the sheets again.
  await Promise.all([page.waitForEvent('load'), page.selectOption('[name="template"]', PRINTED.template)]);
  await page.fill('[name="skip"]', PRINTED.skip);
  await Promise.all([page.waitForEvent('load'), page.dispatchEvent('[name="template"]', 'change')]);
  await takePicture(pc, folder, 'tour-print');
  await page.getByRole('button', { name: 'Tạo tờ tem' }).click();
  await page.getByRole('link', { name: 'Tải PDF' }).waitFor({ timeout: READ_BACK_MS });
  await takePicture(pc, folder, 'tour-job');
  await page.goto(`${address}/console/lots`);
  await page.getByRole('link', { name: PRINTED.lot }).first().click();
  await page.waitForURL(/lots\/[^/?]+/);
  await phone.page.goto(page.url());
  await takePicture(phone, folder, 'tour-lot-360');
  await page.goto(`${address}/console/ledger`);
  await takePicture(pc, folder, 'tour-ledger');
}

async function officeRuns({ address, folder }: Tour, { pc, phone }: Desk): Promise<void> {
  const pages: readonly [string, string][] = [
    ['tour-office', '/console'],
    ['tour-programme', '/console/programme'],
    ['tour-lapsing', '/console/programme/lapsing'],
    ['tour-scans', '/console/scans'],
  ];
  for (const [name, path] of pages) {
    await pc.page.goto(address + path);
    await takePicture(pc, folder, name);
  }
  await pc.page.goto(`${address}/console/scans/cases`);
  await pc.page.locator('main a[href*="/console/scans/cases/"]').first().click();
  await pc.page.waitForURL(/cases\/[^/?]+/);
  await takePicture(pc, folder, 'tour-case');
  await phone.page.goto(`${address}/console`);
  await takePicture(phone, folder, 'tour-office-360');
}

/** The lot of the stamp that the buyer scanned: shows what a recall covers and says, then makes it. */
async function officeRecalls({ address, demo, folder }: Tour, { pc }: Desk): Promise<void> {
  const { page } = pc;
  const batchId = demo.samples.valid.slice(0, demo.samples.valid.indexOf('-'));
  const batch = await fetch(`${address}/api/v1/batches/${batchId}`, {
    headers: { Authorization: `Bearer ${demo.apiKey}` },
  });
  const { lotId } = (await batch.json()) as { lotId: string };
  await page.goto(`${address}/console/recalls/new?lotId=${lotId}`);
  await page.fill('[name="reasonVi"]', WORDS.reason);
  await page.fill('[name="adviceVi"]', WORDS.advice);
  await takePicture(pc, folder, 'tour-recall');
  await page.check('[name="sure"]');
  await Promise.all([page.waitForURL(/done=made/), page.locator('main form button').last().click()]);
}

async function buyerScansAgain({ browser, address, demo, folder }: Tour): Promise<void> {
  const buyer = await visit(browser, address, PHONE, null);
  await buyer.page.goto(`${address}/t/${demo.samples.valid}?lang=vi`);
  await takePicture(buyer, folder, 'tour-recalled-360');
  await buyer.leave();
}

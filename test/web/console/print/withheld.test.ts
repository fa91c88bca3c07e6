// A print file with void stamps is withheld, and no page says that it is ready.

import { expect, test } from '@jest/globals';
import { castVisitor, testConsole } from '../../../fixtures/console.ts';
import { mainText, printDesk } from '../../../fixtures/print-desk.ts';

const api = testConsole();
const producer = castVisitor(api, 'producerA1');
const { printed, ended } = printDesk(api, producer);

test('a file that was taken is offered on the home page no more; its own page still has it', async () => {
  const { jobId } = await printed('LẤY-01');
  await ended(jobId);
  const home = async (): Promise<string> => mainText(await producer.open('/console')) ?? '';
  expect(await home()).toContain('130 tem đã sẵn sàng để in');
  expect((await api.as('producerA1').get(`/print-jobs/${jobId}/files/1`)).status).toBe(200);
  expect(await home()).not.toContain('130 tem đã sẵn sàng để in');
  expect(mainText(await producer.open(`/console/print-jobs/${jobId}`))).toContain('Tờ tem đã sẵn sàng');
});

test('after stamps of it were voided, a file is ready on no page', async () => {
  const { jobId, batch } = await printed('KẸT-01');
  await ended(jobId);
  const job = `/console/print-jobs/${jobId}`;
  const said = async (): Promise<boolean[]> => {
    const [home, own, ofBatch] = await Promise.all(
      ['/console', job, `/console/batches/${batch.id}`].map(async (path) => mainText(await producer.open(path))),
    );
    return [
      home?.includes('130 tem đã sẵn sàng để in') === true,
      own?.includes('Tờ tem đã sẵn sàng') === true,
      ofBatch?.includes('sẵn sàng,') === true,
    ];
  };
  expect(await said()).toEqual([true, true, true]);
  await producer.fill(job, { action: `${job}/spoiled`, fields: { sheets: '', serials: '5', reason: 'spoiled' } });
  expect(await said()).toEqual([false, false, false]);
});

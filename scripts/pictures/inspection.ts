// The pictures of docs/inspect.md: an inspector loads data, checks a stall without network, and looks at a stamp.

import type { Page } from 'playwright-core';
import { PHONE, takePicture, visit } from './camera.ts';
import type { Tour } from './tour.ts';

const PIN = '284619';
const PROVINCE = 'Phú Thọ';
const SHOWN_MS = 60_000;

export async function takeInspection({ browser, address, demo, folder }: Tour): Promise<void> {
  const user = demo.users.find(({ role }) => role === 'inspector');
  if (user === undefined) throw new RangeError('the demo has no inspector');
  const inspector = await visit(browser, address, PHONE, null);
  const { page } = inspector;
  const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).first().click();
  await page.goto(`${address}/inspect`);
  await page.fill('[name="login"]', user.login);
  await page.fill('[name="password"]', user.password);
  await page.fill('[name="device"]', 'Samsung A15');
  await takePicture(inspector, folder, 'inspect-sign-in');
  await press('Đăng nhập');
  await page.fill('[name="pin"]', PIN, { timeout: SHOWN_MS });
  await page.fill('[name="again"]', PIN);
  await press('Dùng mã PIN này');
  await page.getByRole('button', { name: 'Bắt đầu đợt kiểm tra' }).waitFor({ timeout: SHOWN_MS });
  await press('Đã hiểu');
  await press('Dữ liệu ngoại tuyến');
  await page.fill('[name="province"]', PROVINCE);
  await press('Xem dung lượng');
  await press('Tải về');
  await page.getByText('Đã tải xong').waitFor({ timeout: SHOWN_MS });
  await takePicture(inspector, folder, 'inspect-packs');
  await press('Quay lại');
  await press('Bắt đầu đợt kiểm tra');
  await page.fill('[name="name"]', 'Chợ Nghĩa Phương, quầy 12');
  await page.fill('[name="met"]', 'Bà Nguyễn Thị Mẫu');
  await takePicture(inspector, folder, 'inspect-new-round');
  await press('Bắt đầu quét');
  await page.getByText('Đưa tem vào khung').waitFor({ timeout: SHOWN_MS });
  await page.context().setOffline(true);
  const { valid, recalled } = demo.samples;
  for (const code of [recalled, '7K3M9Q-00001V-515K52', valid]) await scan(page, code);
  await takePicture(inspector, folder, 'inspect-offline');
  await page.evaluate(`document.documentElement.classList.add('sun')`);
  await takePicture(inspector, folder, 'inspect-sun');
  await page.evaluate(`document.documentElement.classList.remove('sun')`);
  await page.context().setOffline(false);
  await scan(page, demo.samples.suspect);
  await page.getByText('mọi lượt đã gửi').first().waitFor({ timeout: SHOWN_MS });
  await press(/Cần kiểm tra thêm/);
  await page.getByText('Nơi đã quét').waitFor({ timeout: SHOWN_MS });
  await press('Nghi giả');
  await takePicture(inspector, folder, 'inspect-stamp');
  await inspector.leave();
}

/** As a hand scanner types. */
async function scan(page: Page, text: string): Promise<void> {
  const before = await page.locator('.list .row').count();
  await page.evaluate(`for (const key of [...${JSON.stringify(text.replaceAll('-', ''))}, 'Enter'])
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))`);
  await page.locator('.list .row').nth(before).waitFor({ timeout: SHOWN_MS });
}

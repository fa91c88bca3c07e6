// API requests without a valid key are limited per network; requests with one are not.

import { expect, test } from '@jest/globals';
import { STRANGERS_MAX } from '../../../../server/web/public/form-limit.ts';
import { testApi } from '../../../fixtures/api.ts';

const api = testApi();

test('past the bound strangers get 429 with Retry-After, whatever they send, and a right key from their network goes on', async () => {
  const ask = (headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${api.address}/api/v1/products`, { headers });
  const wrong = [{}, { Authorization: 'Bearer nobodys-key' }, { Cookie: 'temtrace_session=nobodys' }] as const;
  for (let at = 0; at < STRANGERS_MAX; at += 1) {
    const answer = await ask(wrong[at % wrong.length] as Record<string, string>);
    await answer.arrayBuffer();
    expect(answer.status).toBe(401);
  }
  for (const headers of wrong) {
    const refused = await ask(headers as Record<string, string>);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await refused.json()).toMatchObject({ code: 'too-many-requests' });
  }
  expect((await ask({ Authorization: `Bearer ${api.keyOf('officeA')}` })).status).toBe(200);
});

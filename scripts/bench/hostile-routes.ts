// Every route of the API and of the console, with the worst input that we know of. The list is made from the service's
// own tables of routes, so a new route is included automatically and gets the input of its kind: lists their longest
// page, bodies too many fields, file forms a large file.

import sharp from 'sharp';
import { allRoutes } from '../../server/web/api/routes.ts';
import { consoleRoutes } from '../../server/web/console/routes.ts';
import type { Role } from '../../server/domain/people/account.ts';
import { ORIGIN } from './bench-config.ts';
import type { HostileActors } from './hostile-registry.ts';

export interface HostileRequest {
  /** `producer: GET /api/v1/batches/:id/sheet.png`. */
  name: string;
  role: Role | 'public';
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

const ROLES: readonly Role[] = ['producer', 'inspector', 'office', 'admin'];
/** Just below the size limit of a JSON body. */
const UNKNOWN_FIELDS = 13_000;
const FORM_FIELDS = 900;
const CSV_ROWS = 19_000;
const BOUNDARY = 'hostile-boundary';

/** By path, without the id: the query that makes a route do the most work. */
const QUERIES: Readonly<Record<string, string>> = {
  '/batches/:id/sheet.svg': 'template=a4-65',
  '/batches/:id/sheet.png': 'template=a4-65',
  '/batches/:id/sheet.pdf': 'template=a4-65&reprintReason=x',
  '/batches/:id/labels.zpl': 'template=roll-35x22&dpi=300&reprintReason=x',
  '/batches/:id/labels.tspl': 'template=roll-35x22&dpi=300&reprintReason=x',
  '/batches/:id/codes.csv': '',
  '/batches/:id/scans.csv': '',
  '/batches/:id/stats': 'by=day',
  '/stats': 'by=day',
  '/console/print': 'product=PRODUCT',
  '/console/print/sheet.svg': 'product=PRODUCT&template=a4-65&quantity=16777216',
};

/** @param ids by the noun before `:id` in a path */
export async function hostileRequests({ keys, cookies, ids }: HostileActors): Promise<HostileRequest[]> {
  const photo = await noisePhoto();
  const json = Buffer.from(
    JSON.stringify(Object.fromEntries(Array.from({ length: UNKNOWN_FIELDS }, (_, at) => [`field${at}`, at]))),
  );
  const form = Buffer.from(Array.from({ length: FORM_FIELDS }, (_, at) => `field${at}=${'x'.repeat(50)}`).join('&'));
  const fileForms = { picture: filesForm(photo), table: filesForm(longCsv()) };
  const addressOf = (path: string, query: string): string => {
    const filled = path
      .replaceAll(/([a-z-]+)\/:(?:id|key)/g, (_, noun: string) => `${noun}/${ids[noun] ?? 'no-such-record'}`)
      .replaceAll(/:(\w+)/g, (_, name: string) => PARAMETERS[name] ?? 'no-such-thing');
    return `${filled}${query === '' ? '' : `?${query.replace('PRODUCT', ids['products'] ?? '')}`}`;
  };

  const api = allRoutes.flatMap((route) =>
    ROLES.map((role): HostileRequest => {
      const isList = route.method === 'get' && !route.path.includes(':') && route.files === null;
      const body = route.upload !== null ? photo : route.body === null ? null : json;
      return {
        name: `${role}: ${route.method.toUpperCase()} /api/v1${route.path}`,
        role,
        method: route.method.toUpperCase(),
        path: `/api/v1${addressOf(route.path, QUERIES[route.path] ?? (isList ? 'limit=200' : ''))}`,
        headers: {
          Authorization: `Bearer ${keys[role]}`,
          'If-Match': '"1"',
          ...(body === null ? {} : { 'Content-Type': route.upload?.[0] ?? 'application/json' }),
        },
        body,
      };
    }),
  );
  const pages = consoleRoutes.flatMap((route) => {
    const roles = route.right === 'public' ? (['public'] as const) : ROLES;
    return roles.map((role): HostileRequest => {
      const isTable = route.path.includes('import');
      const file = isTable ? fileForms.table : fileForms.picture;
      const text = form.subarray(0, (route.formBytesMax ?? form.length + 1) - 1);
      const body = route.method === 'get' ? null : route.files === true ? file : text;
      const type =
        route.files === true ? `multipart/form-data; boundary=${BOUNDARY}` : 'application/x-www-form-urlencoded';
      return {
        name: `${role}: ${route.method.toUpperCase()} ${route.path}`,
        role,
        method: route.method.toUpperCase(),
        path: addressOf(route.path, QUERIES[route.path] ?? ''),
        headers: {
          'Sec-Fetch-Site': 'same-origin',
          ...(role === 'public' ? {} : { Cookie: cookies[role] }),
          ...(body === null ? {} : { 'Content-Type': type, Origin: ORIGIN }),
        },
        body,
      };
    });
  });
  return [...api, ...pages];
}

const PARAMETERS: Readonly<Record<string, string>> = {
  year: '2026',
  part: '1',
  serial: '1',
  kind: 'producers',
  format: 'xlsx',
};

/** A photograph of twelve megapixels that compresses badly. */
async function noisePhoto(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: '#888', noise } })
    .jpeg({ quality: 70 })
    .toBuffer();
}

function longCsv(): Buffer {
  const head = Array.from({ length: 40 }, (_, at) => `cột ${at}`).join(',');
  const row = Array.from({ length: 40 }, (_, at) => `ô ${at}`).join(',');
  return Buffer.from(`${head}\n${`${row}\n`.repeat(CSV_ROWS)}`);
}

/** A form that holds this file under each name that our forms use. */
function filesForm(file: Buffer): Buffer {
  const disposition = (name: string): string =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="x"\r\nContent-Type: image/jpeg\r\n\r\n`;
  const field = (name: string, value: string): string =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const fields = Object.entries({ kind: 'evidence', step: 'harvest', day: '2026-11-02', version: '1' });
  // Each form accepts one of them, and a body has room for only one.
  const [name] = file.subarray(0, 2).toString('hex') === 'ffd8' ? ['photo'] : ['file'];
  const text = `${fields.map(([key, value]) => field(key, value)).join('')}${disposition(name ?? '')}`;
  return Buffer.concat([Buffer.from(text), file, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
}

// npm run pin-images             writes the digest of each container image beside its name, so that a build uses
//                                exactly the bytes that were tested. Needs Docker and the images' registry.
// npm run pin-images -- --check  exits 1 and names each image without a digest: no release is made from such files.
//                                .ci/run runs it when the commit has a version tag.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { unpinnedImages, withDigest } from './pin-images/image-names.ts';

const FILES = ['Dockerfile', 'compose.yaml', 'compose.mongo.yaml'];
const DIGEST = /^sha256:[0-9a-f]{64}$/;

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const pathOf = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));
const textOf = (file: string): string => readFileSync(pathOf(file), 'utf8');

if (values.check) {
  const open = FILES.flatMap((file) => unpinnedImages(textOf(file)).map((image) => `${file}: ${image}`));
  if (open.length > 0) {
    process.stderr.write(`These images have no digest:\n  ${open.join('\n  ')}\nRun: npm run pin-images\n`);
    process.exitCode = 1;
  }
} else {
  const images = new Set(FILES.flatMap((file) => unpinnedImages(textOf(file))));
  for (const image of images) {
    const digest = digestOf(image);
    for (const file of FILES) writeFileSync(pathOf(file), withDigest(textOf(file), image, digest));
    process.stdout.write(`${image}@${digest}\n`);
  }
}

/** The digest of the image for all architectures, as its registry reports it now. @throws Error if Docker fails */
function digestOf(image: string): string {
  const args = ['buildx', 'imagetools', 'inspect', image, '--format', '{{.Manifest.Digest}}'];
  const digest = execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  if (!DIGEST.test(digest)) throw new Error(`the registry gives no digest of ${image}, but: ${digest}`);
  return digest;
}

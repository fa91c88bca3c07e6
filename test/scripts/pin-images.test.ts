import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { unpinnedImages, withDigest } from '../../scripts/pin-images/image-names.ts';
import { runProgram } from '../fixtures/programs.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}`;
const FILES = ['Dockerfile', 'compose.yaml', 'compose.mongo.yaml'];

describe('an image without a digest', () => {
  test.each([
    ['Dockerfile', ['node:26-slim']],
    ['compose.yaml', ['caddy:2']],
    ['compose.mongo.yaml', ['mongo:8', 'node:26', 'caddy:2']],
  ])('is found in %s, and then is none', (file, images) => {
    const text = readFileSync(file, 'utf8').replaceAll(/@sha256:[0-9a-f]{64}/g, '');
    expect(unpinnedImages(text)).toEqual(images);
    const pinned = images.reduce((before, image) => withDigest(before, image, DIGEST), text);
    expect(unpinnedImages(pinned)).toEqual([]);
    for (const image of images) expect(pinned).toContain(`${image}@${DIGEST}`);
    // Nothing else changes, and images that we build ourselves stay as they are.
    expect(pinned.replaceAll(`@${DIGEST}`, '')).toBe(text);
  });

  test('keeps a release from being made: the check names it and exits 1', async () => {
    const open = FILES.flatMap((file) =>
      unpinnedImages(readFileSync(file, 'utf8')).map((image) => `${file}: ${image}`),
    );
    const { status, stderr } = await runProgram('scripts/pin-images.ts', ['--check'], {});
    expect([status, open.filter((line) => !stderr.includes(line))]).toEqual([open.length > 0 ? 1 : 0, []]);
  });
});

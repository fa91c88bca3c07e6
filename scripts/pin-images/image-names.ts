// The images that a Dockerfile or a Compose file names, and their digests. An image that the file itself builds
// (`temtrace`, beside a `build:`) has no digest.

/** `FROM name:tag` and `image: name:tag`, with the digest if there is one. */
const NAMED = /^(\s*(?:FROM|image:)\s+)([\w./-]+:[\w.-]+)(@sha256:[0-9a-f]{64})?/gm;

/** Images with a tag and no digest, each once. */
export function unpinnedImages(text: string): string[] {
  const open = [...text.matchAll(NAMED)].filter(([, , , digest]) => digest === undefined);
  return [...new Set(open.map(([, , image = '']) => image))];
}

/** The file with this digest added wherever the image has none. */
export function withDigest(text: string, image: string, digest: string): string {
  return text.replaceAll(NAMED, (whole: string, lead: string, name: string, pinned?: string) =>
    name === image && pinned === undefined ? `${lead}${name}@${digest}` : whole,
  );
}

// npm run -s sbom > temtrace.cdx.json: the bill of materials of what a deployment runs, as CycloneDX 1.5 in JSON.
//
// npm itself writes it, from the lock file only. It gets the project without its development tools: with `--omit=dev`,
// npm 11 also leaves out what both a tool and the service need (49 packages, including `qs` and `debug`).

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

interface Manifest {
  name: string;
  devDependencies?: object;
}

interface Lock {
  packages: Record<string, { dev?: boolean; devDependencies?: object }>;
}

/** The document is about 300 KB. */
const DOCUMENT_BYTES_MAX = 64 * 1024 * 1024;

const root = fileURLToPath(new URL('..', import.meta.url));
const outer = mkdtempSync(join(tmpdir(), 'temtrace-sbom-'));
try {
  process.stdout.write(await billOf(outer));
} finally {
  rmSync(outer, { recursive: true });
}

async function billOf(folder: string): Promise<string> {
  const { devDependencies: _tools, ...manifest } = read<Manifest>('package.json');
  const lock = read<Lock>('package-lock.json');
  const needed = Object.entries(lock.packages).filter(([, { dev }]) => dev !== true);
  const packages = Object.fromEntries(needed.map(([path, { devDependencies: _none, ...rest }]) => [path, rest]));
  // npm names the product after its folder.
  const place = join(folder, manifest.name);
  mkdirSync(place);
  writeFileSync(join(place, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(place, 'package-lock.json'), JSON.stringify({ ...lock, packages }));
  const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: place, maxBuffer: DOCUMENT_BYTES_MAX });
  return stdout;
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(root, file), 'utf8')) as T;
}

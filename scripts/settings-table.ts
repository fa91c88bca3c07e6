// Makes the README's table of settings from the table that the service reads (server/config.ts).
//
//     npm run settings-table             writes it into README.md
//     npm run settings-table -- --check  exits 1 if README.md has another table

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SETTINGS } from '../server/config.ts';

const README = fileURLToPath(new URL('../README.md', import.meta.url));
const BEGIN = '<!-- settings: made by npm run settings-table -->';
const END = '<!-- end of settings -->';

const text = readFileSync(README, 'utf8');
const wanted = withTable(text);
if (process.argv.includes('--check')) {
  if (wanted !== text) {
    process.stderr.write(
      'README.md: its table of settings is not that of server/config.ts. Run: npm run settings-table\n',
    );
    process.exitCode = 1;
  }
} else writeFileSync(README, wanted);

/** @throws RangeError when the marks are missing */
function withTable(readme: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new RangeError(`README.md has no ${BEGIN}`);
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${table()}\n\n${readme.slice(end)}`;
}

function table(): string {
  const rows = Object.values(SETTINGS).map(({ name, fallbackText, about, secret }) => {
    const file = secret ? ` May come from a file: \`${name}_FILE\`.` : '';
    const fallback = fallbackText.startsWith('(') ? fallbackText.slice(1, -1) : `\`${fallbackText}\``;
    return `| \`${name}\` | ${fallback} | ${about}${file} |`;
  });
  return ['| setting | default | what it is |', '|---|---|---|', ...rows].join('\n');
}

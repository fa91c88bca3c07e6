// How far a print file is while it is made, told from outside: by the page objects that come out of the painter, and by those
// that the reader asks for, one after the other. Neither knows that it is watched, so what is told changes no byte and no verdict.

import type { ByteSource } from './read-back/pdf-file.ts';
import type { SheetJob } from './sheet-job.ts';

/** Stamps of one file; none of them counts as done yet (docs/decisions/0016-print-jobs.md). */
export interface PartProgress {
  drawn: number;
  /** Read back, where all are; of a sample next to nothing is told. */
  read: number;
}

export interface PartWatch {
  wrote: (chunk: Uint8Array) => void;
  /** The finished file, for the reader. */
  watched: (source: ByteSource) => ByteSource;
}

/** In every page object and in nothing else, as print-file.ts writes it. */
const PAGE = Buffer.from('/Type/Page/Parent');
/** Of an object before it: "16777216 0 obj\n<<" at most. */
const HEAD_BYTES_MAX = 24;

export function watchPart({ template, from, to, skip }: Pick<SheetJob, 'template' | 'from' | 'to' | 'skip'>, tell: (progress: PartProgress) => void): PartWatch {
  const perPage = template.grid.columns * template.grid.rows;
  const stamps = to - from + 1;
  const onPages = (pages: number): number => Math.min(stamps, Math.max(0, pages * perPage - skip));
  /** Bytes from the file's beginning to each page's mark. */
  const marks: number[] = [];
  let size = 0;
  let tail = Buffer.alloc(0);
  return {
    wrote(chunk) {
      // A mark may be cut by the end of a chunk.
      const bytes = Buffer.concat([tail, chunk]);
      const start = size - tail.length;
      for (let at = bytes.indexOf(PAGE); at !== -1; at = bytes.indexOf(PAGE, at + PAGE.length)) marks.push(start + at);
      size += chunk.length;
      tail = bytes.subarray(Math.max(0, bytes.length - PAGE.length + 1));
      // The last page that has begun may not be whole.
      tell({ drawn: onPages(marks.length - 1), read: 0 });
    },
    watched(source) {
      let begun = 0;
      tell({ drawn: stamps, read: 0 });
      return {
        size: source.size,
        read(at, length) {
          const mark = marks[begun];
          if (mark !== undefined && at <= mark && mark - at <= HEAD_BYTES_MAX) {
            tell({ drawn: stamps, read: onPages(begun) });
            begun += 1;
          }
          return source.read(at, length);
        },
        close: () => source.close(),
      };
    },
  };
}

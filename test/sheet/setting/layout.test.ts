import { describe, expect, test } from '@jest/globals';
import { CODE_ALPHABET } from '../../../server/domain/stamp/stamp-code.ts';
import { beVietnamPro } from '../../../server/sheet/setting/fonts.ts';
import { variableRuns, type LabelLayout, type TextRun } from '../../../server/sheet/setting/label.ts';
import { layoutSheet } from '../../../server/sheet/setting/layout.ts';
import { hostOf } from '../../../server/domain/stamp/stamp-address.ts';
import { QUIET_MODULES } from '../../../server/sheet/template/template-limits.ts';
import type { SheetJob } from '../../../server/sheet/threads/sheet-job.ts';
import { aJob, ORANGES, sampleNames, setSheet, SHORT, TEMPLATE_IDS, templateOf } from '../sheet-jobs.ts';

const WIDEST_CODE = '7K3M9QWWWWWWWWWWWW';
const EVERY_VIETNAMESE_LETTER =
  'AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY aăâbcdđeêghiklmnoôơpqrstuưvxy ÀẢÃÁẠ ẰẲẴẮẶ ẦẨẪẤẬ ÈẺẼÉẸ ỀỂỄẾỆ ÌỈĨÍỊ ÒỎÕÓỌ ỒỔỖỐỘ ỜỞỠỚỢ ÙỦŨÚỤ ỪỬỮỨỰ ỲỶỸÝỴ ₫ € –';

interface Box {
  element: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The ink of every element of a label, in millimetres. */
function boxesOf(label: LabelLayout, code: string, serial: number): Box[] {
  const ofRun = (run: TextRun): Box => {
    const widthEm = run.isKerned
      ? beVietnamPro.widthEm(run.weight, run.text)
      : beVietnamPro.looseWidthEm(run.weight, run.text);
    const ink = beVietnamPro.inkEm(run.weight, run.text);
    return {
      element: run.element,
      left: run.xMm,
      right: run.xMm + widthEm * run.sizeMm,
      top: run.baselineMm - ink.topEm * run.sizeMm,
      bottom: run.baselineMm + ink.bottomEm * run.sizeMm,
    };
  };
  const round = (element: string, circles: readonly { xMm: number; yMm: number; radiusMm: number }[]): Box[] =>
    circles.length === 0
      ? []
      : [
          {
            element,
            left: Math.min(...circles.map((c) => c.xMm - c.radiusMm)),
            right: Math.max(...circles.map((c) => c.xMm + c.radiusMm)),
            top: Math.min(...circles.map((c) => c.yMm - c.radiusMm)),
            bottom: Math.max(...circles.map((c) => c.yMm + c.radiusMm)),
          },
        ];
  const { symbol } = label;
  const quietMm = QUIET_MODULES * symbol.moduleMm;
  const sideMm = symbol.modules * symbol.moduleMm;
  return [
    ...[...label.runs, ...variableRuns(beVietnamPro, label, code, serial, '000000')].map(ofRun),
    ...round('stars', label.stars),
    ...round('rosette', label.rosette?.circles ?? []),
    {
      element: 'symbol',
      left: symbol.xMm - quietMm,
      right: symbol.xMm + sideMm + quietMm,
      top: symbol.yMm - quietMm,
      bottom: symbol.yMm + sideMm + quietMm,
    },
  ];
}

function overlapsOf(boxes: readonly Box[]): string[] {
  /** By design the last four are close to the two before them. */
  const slackMm = 0.02;
  return boxes.flatMap((a, at) =>
    boxes
      .slice(at + 1)
      .filter(
        (b) =>
          a.left < b.right - slackMm &&
          b.left < a.right - slackMm &&
          a.top < b.bottom - slackMm &&
          b.top < a.bottom - slackMm,
      )
      .map((b) => `${a.element} and ${b.element}`),
  );
}

const problemOf = (changes: Partial<SheetJob>): unknown => {
  const set = layoutSheet(beVietnamPro, aJob(changes));
  return set.ok ? null : set.problem;
};

describe.each(TEMPLATE_IDS)('a label of %s', (id) => {
  const template = templateOf(id);
  const shows = (kind: string): boolean =>
    template.columns.some((column) =>
      column.items.some((item) => item.kind === kind || ('show' in item && item.show === kind)),
    );
  const names = [...sampleNames()];
  const contents = [
    ...names.map(([ref, sample]) => [ref, { ...sample, stars: 5 }] as const),
    ['blank', { productName: null, producerName: 'HTX Cam Mường Thàng', stars: null }] as const,
    ['capitals', { productName: 'RƯỢU NẾP CẨM MƯỜNG KHÓI', producerName: 'HTX MƯỜNG KHÓI', stars: 3 }] as const,
  ];

  test.each(contents)('holds %s with the widest code and the longest serial, nothing overlapping', (_, content) => {
    for (const to of [9, 99_999, 16_777_216]) {
      const { label } = setSheet({ template, content, from: to, to });
      const boxes = boxesOf(label, WIDEST_CODE, to);
      expect(overlapsOf(boxes)).toEqual([]);
      const ink = boxes.filter(({ element }) => element !== 'symbol');
      expect(Math.min(...ink.map((box) => box.left))).toBeGreaterThanOrEqual(template.inkMarginMm - 0.01);
      expect(Math.min(...ink.map((box) => box.top))).toBeGreaterThanOrEqual(template.inkMarginMm - 0.01);
      expect(Math.max(...ink.map((box) => box.right))).toBeLessThanOrEqual(
        template.label.widthMm - template.inkMarginMm + 0.01,
      );
      expect(Math.max(...ink.map((box) => box.bottom))).toBeLessThanOrEqual(
        template.label.heightMm - template.inkMarginMm + 0.01,
      );
    }
  });

  test.each(contents)('never sets %s below capitals of 0.9 mm', (_, content) => {
    const { label } = setSheet({ template, content });
    const sizes = [...label.runs, ...variableRuns(beVietnamPro, label, WIDEST_CODE, 1, '000000')].map(
      (run) => run.sizeMm,
    );
    expect(Math.min(...sizes) * 0.74).toBeGreaterThanOrEqual(0.9);
  });

  test('prints no word of OCOP and no star where there is none', () => {
    for (const stars of [null, 0]) {
      const { label } = setSheet({ template, content: { ...ORANGES, stars } });
      expect(label.stars).toEqual([]);
      expect(label.runs.map((run) => run.text).join(' ')).not.toContain('OCOP');
    }
  });

  test('says the host in words, and what else it shows in words or symbols', () => {
    const { label } = setSheet({ template });
    const texts = label.runs.map((run) => run.text);
    expect(texts).toContain('temtrace.vn');
    expect(texts.some((text) => text.startsWith('HTX Cam'))).toBe(shows('producer'));
    expect(texts.some((text) => /^4 sao( OCOP)?$/.test(text))).toBe(shows('stars'));
    expect(label.stars).toHaveLength(shows('stars') ? 4 : 0);
  });

  test('sets the last four heavier and 1.3 to 1.4 times as large', () => {
    const runs = variableRuns(beVietnamPro, setSheet({ template }).label, WIDEST_CODE, 12, '000000').filter(
      (run) => run.element === 'code',
    );
    const [ending, before] = [runs.at(-1), runs.at(-2)];
    expect(ending).toMatchObject({ text: 'WWWW', weight: 800 });
    expect(ending!.sizeMm / before!.sizeMm).toBeGreaterThanOrEqual(1.3);
    expect(ending!.sizeMm / before!.sizeMm).toBeLessThanOrEqual(1.4);
    expect(runs.map((run) => run.text).join('')).toBe('7K3M9Q-WWWWWW-WWWWWW');
  });

  test('leaves room for the longest names of hosts that are usual, and refuses one that never ends', () => {
    const long = id === 'tem-vo-20' || id === 'roll-35x22' ? [] : ['tem.sonongnghiep.phutho.gov.vn'];
    for (const host of ['temtrace.example', 'localhost:3000', ...long]) {
      expect(problemOf({ template, address: { ...SHORT, origin: `https://${host}` } })).toBe(null);
    }
    const origin = `https://${'never-ending'.repeat(9)}.vn`;
    expect(problemOf({ template, address: { ...SHORT, origin } })).toMatchObject({
      code: 'text-does-not-fit',
      details: { element: 'host', template: id },
    });
  });
});

describe.each(TEMPLATE_IDS.filter((id) => id !== 'tem-vo-20'))('the names on a label of %s', (id) => {
  const template = templateOf(id);

  test('are refused with a letter that the font lacks, naming it and its element', () => {
    for (const letter of ['香', 'ກ', 'ა', 'अ', 'ع', '🍊']) {
      expect(problemOf({ template, content: { ...ORANGES, productName: `Cam ${letter} ngon` } })).toMatchObject({
        code: 'letter-not-in-font',
        details: { element: 'product', letter, template: id },
      });
      expect(problemOf({ template, content: { ...ORANGES, producerName: `HTX ${letter}` } })).toMatchObject({
        code: 'letter-not-in-font',
        details: { element: 'producer', letter },
      });
    }
  });

  test('are refused where they cannot fit, naming element and template', () => {
    const productName = 'MẬT ONG HOA RỪNG NGUYÊN CHẤT '.repeat(12).trim();
    expect(problemOf({ template, content: { ...ORANGES, productName } })).toMatchObject({
      code: 'text-does-not-fit',
      details: { element: 'product', template: id },
    });
    expect(problemOf({ template, content: { ...ORANGES, productName: 'W'.repeat(80) } })).toMatchObject({
      code: 'text-does-not-fit',
      details: { element: 'product' },
    });
  });

  test('may be as short as one letter, and hold the dong and the euro', () => {
    expect(problemOf({ template, content: { productName: 'Ỹ', producerName: 'Ố', stars: 3 } })).toBe(null);
    expect(problemOf({ template, content: { productName: 'Quà 50.000 ₫ – 2 €', producerName: 'Ố', stars: 5 } })).toBe(
      null,
    );
  });
});

test('the font has every Vietnamese letter, the dong, the euro and the dash', () => {
  for (const weight of [500, 700, 800] as const)
    expect(beVietnamPro.missingLetter(weight, EVERY_VIETNAMESE_LETTER)).toBe(null);
});

test('letters typed as base and marks are composed before they are set', () => {
  const { label } = setSheet({ content: { ...ORANGES, productName: 'Cam lòng vàng'.normalize('NFD') } });
  expect(label.runs.find((run) => run.element === 'product')?.text).toBe('Cam lòng vàng');
});

test('a name of more than sixty letters fits the roll, and a4-65 where no stars stand above it', () => {
  const productName = 'Mật ong hoa rừng nguyên chất vùng cao Lũng Vân Phú Thọ loại một';
  expect(productName.length).toBeGreaterThan(60);
  expect(problemOf({ template: templateOf('roll-50x30'), content: { ...ORANGES, productName } })).toBe(null);
  expect(problemOf({ content: { productName, producerName: 'HTX Lũng Vân', stars: null } })).toBe(null);
});

test('where names are long the hint goes first, name, code and host never', () => {
  const sample = sampleNames().get('S14');
  const texts = setSheet({ content: { ...ORANGES, ...sample } }).label.runs.map((run) => run.text);
  expect(texts.join(' ')).not.toContain('Quét');
  expect(texts.join(' ')).toContain('Điểm du lịch cộng đồng Bản Văn');
  expect(texts).toContain('temtrace.vn');
});

describe('a sheet', () => {
  test('places every label at its pitch, the last row and column too, without drift', () => {
    const { places } = setSheet();
    places.forEach((place, at) => {
      expect(place.xMm).toBeCloseTo(4.7 + (at % 5) * 40.6, 9);
      expect(place.yMm).toBeCloseTo(10.9 + Math.floor(at / 5) * 21.2, 9);
      expect(Math.abs(place.symbolXMm - place.xMm - 2.404)).toBeLessThan(0.085);
      expect(Math.abs(place.symbolYMm - place.yMm - 3.234)).toBeLessThan(0.085);
    });
  });

  test.each([
    ['a4-65 on 1/150 inch', 'a4-65', 150, 3],
    ['roll-50x30 on the dots of its head', 'roll-50x30', 203, 5],
  ])('stands symbols of %s', (_, id, dpi, steps) => {
    const layout = setSheet({
      template: templateOf(id),
      printer: { offsetXMm: 0.3, offsetYMm: -0.2, scaleX: 1, scaleY: 1 },
    });
    const inSteps = (mm: number): number => (mm / 25.4) * dpi;
    const off = (value: number): number => Math.abs(value - Math.round(value));
    expect(inSteps(layout.label.symbol.moduleMm)).toBeCloseTo(steps, 9);
    expect(off(inSteps(layout.page.widthMm)) + off(inSteps(layout.page.heightMm))).toBeLessThan(1e-6);
    for (const place of layout.places) {
      expect(off(inSteps(place.symbolXMm + 0.3)) + off(inSteps(place.symbolYMm - 0.2))).toBeLessThan(1e-6);
    }
  });

  test.each([
    [
      "begins at a used sheet's next place",
      { skip: 7, from: 1, to: 100 },
      [
        { from: 1, to: 58, firstPlace: 7 },
        { from: 59, to: 100, firstPlace: 0 },
      ],
    ],
    [
      'fills pages to the last place',
      { skip: 0, from: 101, to: 230 },
      [
        { from: 101, to: 165, firstPlace: 0 },
        { from: 166, to: 230, firstPlace: 0 },
      ],
    ],
    ['can hold one stamp on its last place', { skip: 64, from: 5, to: 5 }, [{ from: 5, to: 5, firstPlace: 64 }]],
  ])('%s', (_, range, pages) => {
    const layout = setSheet(range);
    expect(Array.from({ length: layout.pages }, (_page, index) => layout.pageAt(index))).toEqual(
      pages.map((page, index) => ({ ...page, index })),
    );
  });

  test('says in its margin which sheet it is, centred, within the page', () => {
    const layout = setSheet({ from: 66, to: 400 });
    const head = layout.headOf(layout.pageAt(1));
    expect(head?.text).toBe(
      'Temtrace · đợt tem 7K3M9Q · Cam lòng vàng Mường Thàng · tem 131–195 trong 335 · mẫu a4-65 · tờ 2/6',
    );
    const widthMm = beVietnamPro.looseWidthEm(500, head!.text) * head!.sizeMm;
    expect(head!.xMm + widthMm / 2).toBeCloseTo(105, 6);
    expect(setSheet({ template: templateOf('roll-50x30') }).headOf({ index: 0, from: 1, to: 1, firstPlace: 0 })).toBe(
      null,
    );
  });

  test('leaves the product out of its margin where the line would be too long', () => {
    const layout = setSheet({
      template: templateOf('a4-65'),
      content: { productName: 'Chè Shan tuyết cổ thụ trăm năm Pà Cò Phú Thọ', producerName: 'x', stars: null },
      from: 1,
      to: 16_777_216,
    });
    expect(layout.headOf(layout.pageAt(0))!.xMm).toBeGreaterThanOrEqual(10);
  });

  test.each([
    ['a place that there is not', { skip: 65 }],
    ['a serial below 1', { from: 0 }],
    ['a range that runs backwards', { from: 10, to: 9 }],
    ['an offset beyond measure', { printer: { offsetXMm: 11, offsetYMm: 0, scaleX: 1, scaleY: 1 } }],
    ['a scale beyond measure', { printer: { offsetXMm: 0, offsetYMm: 0, scaleX: 1.06, scaleY: 1 } }],
  ])("refuses %s as the caller's fault", (_, changes) => expect(() => setSheet(changes)).toThrow(RangeError));

  test('a symbol that has no module on the template is a problem', () => {
    expect(problemOf({ symbol: { version: 6, level: 'M', mask: 0 } })).toMatchObject({ code: 'symbol-too-large' });
  });
});

test('the host is what the public types', () => {
  expect(hostOf('https://temtrace.vn')).toBe('temtrace.vn');
  expect(hostOf('http://localhost:3000')).toBe('localhost:3000');
});

test("no symbol of the code's alphabet is wider than the room kept for it", () => {
  const widest = beVietnamPro.widestEm(500, CODE_ALPHABET);
  for (const symbol of CODE_ALPHABET) expect(beVietnamPro.looseWidthEm(500, symbol)).toBeLessThanOrEqual(widest);
});

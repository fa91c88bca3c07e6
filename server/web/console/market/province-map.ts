// Where a stamp was scanned, on a map of today's 34 provinces. It is schematic: a tile a province, each with its true
// neighbours around it as far as tiles allow, north at the top. So a small province is read as well as a large one.

import { html, type Html } from '../../html.ts';

/** Column from the west, row from the north, and the letters on the tile. */
export const TILES: Readonly<Record<string, readonly [column: number, row: number, letters: string]>> = {
  'Lai Châu': [0, 0, 'LCh'],
  'Lào Cai': [1, 0, 'LCa'],
  'Tuyên Quang': [2, 0, 'TQ'],
  'Cao Bằng': [3, 0, 'CB'],
  'Điện Biên': [0, 1, 'ĐB'],
  'Sơn La': [1, 1, 'SL'],
  'Phú Thọ': [2, 1, 'PT'],
  'Thái Nguyên': [3, 1, 'TN'],
  'Lạng Sơn': [4, 1, 'LS'],
  'Hà Nội': [2, 2, 'HN'],
  'Bắc Ninh': [3, 2, 'BN'],
  'Quảng Ninh': [4, 2, 'QNi'],
  'Ninh Bình': [2, 3, 'NB'],
  'Hưng Yên': [3, 3, 'HY'],
  'Hải Phòng': [4, 3, 'HP'],
  'Thanh Hóa': [2, 4, 'TH'],
  'Nghệ An': [2, 5, 'NA'],
  'Hà Tĩnh': [2, 6, 'HT'],
  'Quảng Trị': [3, 7, 'QT'],
  Huế: [3, 8, 'Huế'],
  'Đà Nẵng': [4, 9, 'ĐN'],
  'Quảng Ngãi': [4, 10, 'QNg'],
  'Gia Lai': [4, 11, 'GL'],
  'Đắk Lắk': [4, 12, 'ĐL'],
  'Lâm Đồng': [3, 13, 'LĐ'],
  'Khánh Hòa': [4, 13, 'KH'],
  'Tây Ninh': [1, 14, 'TNi'],
  'Đồng Nai': [2, 14, 'ĐNa'],
  'Đồng Tháp': [1, 15, 'ĐT'],
  'Hồ Chí Minh': [2, 15, 'HCM'],
  'An Giang': [0, 16, 'AG'],
  'Cần Thơ': [1, 16, 'CT'],
  'Vĩnh Long': [2, 16, 'VL'],
  'Cà Mau': [0, 17, 'CM'],
};

const TILE = 60;
const ROW = 30;
const COLUMNS = 5;
const ROWS = 18;

/** @param scans by province; a province without scans is left out */
export function provinceMap(scans: readonly { province: string; scans: number }[]): Html {
  const counts = new Map(scans.map(({ province, scans: count }) => [province, count]));
  const most = Math.max(1, ...counts.values());
  const tiles = Object.entries(TILES).map(([province, [column, row, letters]]) => {
    const count = counts.get(province) ?? 0;
    // A province with one scan is seen, and the one with the most is dark.
    const share = count === 0 ? 0 : 0.2 + 0.8 * (count / most);
    const isDark = share > 0.75;
    const fill = count === 0 ? '#f4f2ec' : `rgb(34 64 107 / ${share.toFixed(2)})`;
    const [x, y] = [column * TILE, row * ROW];
    return html`
      <rect x="${x + 1}" y="${y + 1}" width="${TILE - 2}" height="${ROW - 2}" rx="3" fill="${fill}" stroke="#d8d4ca">
        <title>${province}: ${count}</title>
      </rect>
      <text
        x="${x + TILE / 2}"
        y="${y + ROW / 2 + 4}"
        text-anchor="middle"
        font-size="12"
        fill="${isDark ? '#ffffff' : '#17181c'}">${count === 0 ? letters : `${letters} ${count}`}</text>
    `;
  });
  const [width, height] = [COLUMNS * TILE, ROWS * ROW];
  return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${tiles}</svg>`;
}

// Product names for tests: letters in use, the sample's own names, and generated ones that contain every pair of
// letters.

import { sampleNames } from './sheet-jobs.ts';

const VIETNAMESE = 'aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz';
const OTHERS = 'ABCDĐEGHIKLMNOPQRSTUVXY0123';

/** 120 letters of Vietnamese product names: every lower-case letter with its marks, the usual capitals, digits. */
export const USUAL_LETTERS: readonly string[] = Array.from(VIETNAMESE + OTHERS);

/** Names as long as councils write them: what it is, its origin, how it is made and packed. */
export const LONG_NAMES: readonly string[] = [
  'Mật ong hoa nhãn nguyên chất Mường Thàng thu hoạch vụ xuân, đóng hũ thủy tinh 500 g, hộp quà biếu',
  'Nước mắm nhĩ cá cơm truyền thống Phan Thiết độ đạm 40 độ ủ chượp thùng gỗ 24 tháng, chai thủy tinh 500 ml',
  'Trà Shan tuyết cổ thụ Suối Giàng một tôm hai lá sao thủ công trên chảo gang, túi hút chân không 100 g',
  'Bánh đa nem làng Chều phơi nắng tự nhiên không chất bảo quản, gói 100 chiếc dùng cho nhà hàng và gia đình',
  'Cà phê Arabica Cầu Đất rang mộc nguyên hạt chế biến ướt - túi giấy kraft có van một chiều 250 g',
  'Gạo nếp cái hoa vàng Kinh Môn canh tác theo hướng hữu cơ vụ mùa, bao 5 kg hút chân không chống mọt',
  'Chả mực giã tay Hạ Long loại đặc biệt làm từ mực mai câu đêm, khay 500 g cấp đông nhanh sau khi chế biến',
  'Miến dong Bình Liêu làm từ củ dong riềng đỏ trồng trên núi, không phẩm màu và không hàn the, gói 500 g',
  'Tinh dầu sả chanh nguyên chất chưng cất lôi cuốn hơi nước dùng cho phòng xông, lọ thủy tinh sẫm màu 30 ml',
  'Rượu nếp cẩm hạ thổ Bắc Hà ủ men lá rừng truyền thống của người Mông ba năm trong chum sành, chai 500 ml',
  'Thịt trâu gác bếp Điện Biên tẩm ướp mắc khén và hạt dổi rừng theo cách làm của người Thái Đen, túi 300 g',
  'Muối tôm Tây Ninh loại cay vừa rang cùng tỏi ớt và sả tươi, hũ nhựa 200 g dùng kèm trái cây các loại',
  'Khăn thổ cẩm dệt tay nhuộm chàm tự nhiên của phụ nữ Dao Tiền xã Cao Sơn, khổ 45 × 180 cm, hộp quà tặng',
  'Dịch vụ du lịch cộng đồng bản Lác trải nghiệm trồng lúa, dệt thổ cẩm, ẩm thực Thái trong hai ngày một đêm',
  'Bột ngũ cốc dinh dưỡng mười loại hạt xay mịn sấy lạnh bổ sung hạt sen và củ mài dùng cho người lớn tuổi',
  'NƯỚC CỐT GỪNG MẬT ONG RỪNG TRÀM U MINH HẠ NGUYÊN CHẤT KHÔNG ĐƯỜNG CHAI THỦY TINH 350 ML',
  'Hồng treo gió Đà Lạt làm theo công nghệ Nhật Bản từ hồng trứng lốc chín cây, hộp giấy 500 g tặng kèm túi',
  'Yến sào Cần Giờ tinh chế nguyên tổ nhặt lông thủ công bằng nước sạch, hộp gỗ sơn mài 100 g biếu tặng',
];

/** A long name that the usual label cannot hold, and what a person would print instead. */
export const LONG_NAME = LONG_NAMES[0] ?? '';
export const SHORT_NAME = 'Mật ong hoa nhãn Mường Thàng';

/** Words that no name ends with. */
const JOINING = /^(?:và|của|cho|từ|theo|loại|có|không|trên|trong|cùng|bằng|một|hai|làm|dùng|tẩm|bổ)$/iu;

/** As a person would shorten it: the text before the first comma, dash or bracket, in as many words as fit. */
export function shortened(name: string, most: number): string {
  const words = (name.split(/,| - | \(/)[0] ?? name).split(' ');
  while (words.length > 1 && words.join(' ').length > most) words.pop();
  while (words.length > 1 && JOINING.test(words.at(-1) ?? '')) words.pop();
  return words.join(' ');
}

/** Names of the sample registry, in the order of its file. */
export function realNames(): string[] {
  return [...sampleNames().values()].map(({ productName }) => productName);
}

/**
 * Names that together contain every ordered pair of the usual letters, in words of Vietnamese length.
 *
 * @param count how many names; each has its share of the pairs
 */
export function generatedNames(count: number): string[] {
  const pairs = USUAL_LETTERS.flatMap((first) => USUAL_LETTERS.map((second) => first + second));
  const names: string[] = Array.from({ length: count }, () => '');
  pairs.forEach((pair, at) => {
    const name = at % count;
    names[name] = `${names[name] ?? ''}${names[name] === '' ? '' : ' '}${pair}`;
  });
  return names;
}

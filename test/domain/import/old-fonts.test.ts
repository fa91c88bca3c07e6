import { describe, expect, test } from '@jest/globals';
import { unfonted } from '../../../server/domain/import/old-fonts.ts';

describe('texts of old fonts', () => {
  test('are read where nearly every word becomes a syllable', () => {
    const tcvn3 = ['Hîp t¸c x· n«ng nghiÖp', 'X· Cao Phong', 'Hé kinh doanh B\u00adëi', 'R\u00adîu m¬', 'mê'];
    expect(unfonted(tcvn3)).toEqual({
      kind: 'read',
      texts: ['Hợp tác xã nông nghiệp', 'Xã Cao Phong', 'Hộ kinh doanh Bưởi', 'Rượu mơ', 'mờ'],
    });
    const vni = ['Hôïp taùc xaõ noâng nghieäp', 'Röôïu naáu Ñoàng Thaùp', 'Maät ong röøng', 'Ñaëc saûn'];
    expect(unfonted(vni)).toEqual({
      kind: 'read',
      texts: ['Hợp tác xã nông nghiệp', 'Rượu nấu Đồng Tháp', 'Mật ong rừng', 'Đặc sản'],
    });
  });

  test('of Unicode are left, also beside foreign words', () => {
    for (const texts of [
      ['Hợp tác xã', 'Phú', 'Hòa', 'Mê Linh', 'Gò Công'],
      ['Café Müller', 'Señor Peña', 'Crème brûlée', 'Cam'],
      ['Phú', 'Hà', 'Lê Văn Tám', 'Gò Công'],
    ])
      expect(unfonted(texts)).toEqual({ kind: 'none' });
  });

  test('mixed with Unicode are doubtful where a cell can be read both ways', () => {
    const old = ['Hîp t¸c x· n«ng nghiÖp', 'R\u00adîu m¬'];
    expect(unfonted([...old, 'Phú Thọ', 'mê'])).toEqual({ kind: 'doubtful' });
    expect(unfonted([...old, 'Phú Thọ'])).toMatchObject({ kind: 'read' });
  });
});

import { describe, expect, it } from 'vitest';
import { differing, differingBorder, differingLayer } from '@/features/opening/differing';

const was = { name: '东村一组', shape: 'aa', area_m2: 4000 };

describe('the border of an import', () => {
  it.each([
    [null, was, { says: 'NEW', squareMetres: 4000 }],
    [was, { ...was, shape: 'bb', area_m2: 4300 }, { says: 'LARGER', squareMetres: 300 }],
    [was, { ...was, shape: 'bb', area_m2: 3999 }, { says: 'SMALLER', squareMetres: 1 }],
    [was, { ...was, shape: 'bb' }, { says: 'MOVED', squareMetres: 0 }],
    [was, { ...was, shape: null, area_m2: null }, { says: 'GONE', squareMetres: 0 }],
    [{ shape: 'aa' }, { shape: 'bb', area_m2: 7 }, { says: 'MOVED', squareMetres: 0 }],
    [was, { ...was, name: '东一组' }, null],
    [{ name: '周梅' }, { name: '周美' }, null],
  ])('is told by its ground, whatever its fingerprint: %#', (before, after, said) => {
    expect(differingBorder(before, after)).toEqual(said);
  });

  it('is no field among the others, which stand as the columns do', () => {
    const after = { town: '白水镇', name: '东一组', shape: 'bb', area_m2: 1, code: '1' };
    expect(differing(was, after, ['code', 'name', 'town']).map(({ name }) => name)).toEqual(['code', 'name', 'town']);
  });
});

describe('the layer of an import', () => {
  const one = { source: '水利局', features: 3, areas: 1, length_km: 12.3, shape: 'aa' };
  const other = { ...one, features: 5, length_km: 20, shape: 'bb' };

  it('is told by its lines and kilometres, and no number twice', () => {
    const before = { lines: 2, kilometres: 12.3, areas: 1 };
    expect(differingLayer(null, one)).toEqual({ now: before, before: null });
    expect(differingLayer(one, other)).toEqual({ now: { lines: 4, kilometres: 20, areas: 1 }, before });
    expect(differingLayer(one, { ...one, source: '河长办' })).toBeNull();
    expect([differingBorder(one, other), differingLayer(was, { ...was, shape: 'bb' })]).toEqual([null, null]);
    expect(differing(one, other)).toEqual([]);
  });

  it('is told as it was kept before lengths were', () => {
    const [before, after] = [
      { features: 1, shape: 'aa' },
      { features: 3, shape: 'bb' },
    ];
    expect(differing(before, after)).toEqual([{ name: 'features', was: 1, is: 3 }]);
    expect(differingBorder(before, after)).toEqual({ says: 'MOVED', squareMetres: 0 });
  });
});

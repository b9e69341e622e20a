import { describe, expect, it } from 'vitest';
import { differing, differingBorder } from '@/features/opening/differing';

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

import { describe, expect, it } from 'vitest';
import { effectOf } from '@/features/plans/effect';
import { caught, drawnOn, isInside, type Pixel } from '@/features/plans/lasso';
import { boundsOfAtoms, labelsOf, marksOf } from '@/features/plans/marks';
import { type Atom, type Grid, type Model, modelOf, NONE, piecesOf, withMoves } from '@/features/plans/model';
import { coloursApart, NO_GRID, shadesOf } from '@/features/plans/shades';
import { evenness, workOf } from '@/features/plans/work';

/** Six atoms in a row, two a grid; atom n has n customers. */
function row(grids: readonly (string | null)[] = ['甲', '甲', '乙', '乙', '丙', '丙']): Model {
  const atoms = grids.map((gridCode, at): Atom => {
    const n = at + 1;
    return {
      id: `Atom:${n}`,
      code: `a${n}`,
      name: `组${n}`,
      village: '村',
      town: '镇',
      townCode: 't',
      gridCode,
      lonDeg: 119 + n / 10,
      latDeg: 33,
      nowGridCode: ['甲', '甲', '乙', '乙', '丙', '丙'][at]!,
      nowOutletCode: at < 4 ? '01' : '02',
      nowStaffNumber: ['1', '1', '2', '2', '3', '3'][at]!,
      neighbourIds: [n - 1, n + 1].filter((m) => m >= 1 && m <= grids.length).map((m) => `Atom:${m}`),
      figures: { ...NONE, customers: n, minutes: n * 10 },
    };
  });
  const small = (code: string, outletCode: string, number: string): Grid => {
    const own = atoms.filter(({ gridCode }) => gridCode === code);
    const customers = own.reduce((sum, { figures }) => sum + figures.customers, 0);
    return {
      code,
      name: `${code}网格`,
      level: 'SMALL',
      parentCode: null,
      outletCode,
      outlet: outletCode,
      atoms: own.length,
      a: { number, name: number, fullTimePercent: number === '2' ? 50 : 100 },
      b: null,
      figures: { ...NONE, customers, minutes: customers * 10, changesHands: 0 },
    };
  };
  return modelOf(atoms, [small('甲', '01', '1'), small('乙', '01', '2'), small('丙', '02', '3')]);
}

describe('what giving atoms to a grid would mean', () => {
  it('adds up for those who give and the one who gets', () => {
    const { to, from, changesHands, changesOutlet, gaps, minutesAreRough } = effectOf(row(), ['Atom:2'], '乙');
    expect([to!.before.customers, to!.after.customers, to!.after.minutes]).toEqual([7, 9, 90]);
    expect([from[0]!.before.customers, from[0]!.after.customers]).toEqual([3, 1]);
    expect([changesHands, changesOutlet, gaps, minutesAreRough]).toEqual([2, 0, 0, false]);
  });

  it('says who comes to another outlet, and that minutes will be others there', () => {
    const { changesHands, changesOutlet, minutesAreRough } = effectOf(row(), ['Atom:4'], '丙');
    expect([changesHands, changesOutlet, minutesAreRough]).toEqual([4, 4, true]);
  });

  it('counts nobody who comes back to where he is now', () => {
    const { changesHands, changesOutlet } = effectOf(row(['甲', '乙', '乙', '乙', '丙', '丙']), ['Atom:2'], '甲');
    expect([changesHands, changesOutlet]).toEqual([0, 0]);
  });

  it('sees what falls apart, what is left over and what goes', () => {
    expect(effectOf(row(), ['Atom:1'], '丙').to!.pieces).toBe(2);
    expect(effectOf(row(), ['Atom:1'], '丙').newTowns).toEqual([]);
    const out = effectOf(row(), ['Atom:3', 'Atom:4'], null);
    expect([out.to, out.gaps, out.emptied]).toEqual([null, 2, ['乙']]);
    const within = effectOf(row(), ['Atom:3'], '乙');
    expect([within.moved, within.from]).toEqual([[], []]);
    expect(effectOf(row(), ['Atom:99'], '乙').moved).toEqual([]);
  });

  it('knows what hangs together by borders', () => {
    expect(piecesOf(['Atom:1', 'Atom:2', 'Atom:4'], row()).map((piece) => piece.length)).toEqual([2, 1]);
    expect(piecesOf([], row())).toEqual([]);
  });
});

describe('what it would mean for people, by full-time post', () => {
  it('adds up all that they hold of the outlet, and counts half a post as half', () => {
    const [outlet] = workOf(row(), effectOf(row(), ['Atom:3'], '甲'));
    expect(outlet!.people.map(({ person, before, after }) => [person.number, before, after])).toEqual([
      ['1', 30, 60],
      ['2', 70, 40],
    ]);
    expect([outlet!.before, outlet!.after].map((one) => one!.toFixed(2))).toEqual(['4.67', '1.33']);
  });

  it('tells of both outlets where atoms go from one to the other', () => {
    const touched = workOf(row(), effectOf(row(), ['Atom:4'], '丙'));
    expect(touched.map(({ code, people }) => [code, people.length])).toEqual([
      ['02', 1],
      ['01', 1],
    ]);
  });

  it('is no ratio where somebody has nothing beside others', () => {
    expect([evenness([2, 0]), evenness([0, 0]), evenness([7]), evenness([])]).toEqual([null, 1, 1, 1]);
  });
});

describe('a proposal on the map', () => {
  it('gives atoms their grids, and marks what moves against the draft', () => {
    const seen = withMoves(row(['甲', '乙', '乙', '乙', '丙', '丙']), { 3: '丙' });
    const marks = marksOf(seen, { shading: 'GRID', chosen: new Set(), target: null, locked: new Set() });
    expect([...marks].filter(([, { isMoved }]) => isMoved).map(([id]) => id)).toEqual(['Atom:3']);
    expect(seen.atoms.get('Atom:3')!.gridCode).toBe('丙');
  });
});

describe('the limits of towns', () => {
  it('are named where a grid would reach over one that it does not reach over now', () => {
    const model = row();
    const far = [...model.atoms.values()].map((atom) => (atom.gridCode === '丙' ? { ...atom, town: '东镇' } : atom));
    const moved = effectOf(modelOf(far, [...model.grids.values()]), ['Atom:5'], '乙');
    expect(moved.newTowns).toEqual(['东镇']);
    expect(effectOf(modelOf(far, [...model.grids.values()]), ['Atom:6'], '丙').newTowns).toEqual([]);
  });
});

describe('a lasso', () => {
  const square: Pixel[] = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 10],
  ];

  it('catches what has its middle in it', () => {
    const middles = [
      ['in', [5, 5]],
      ['out', [15, 5]],
      ['beside', [-1, 5]],
    ] as const;
    expect(caught(square, middles)).toEqual(['in']);
  });

  it('goes round a bay', () => {
    const bay: Pixel[] = [...square.slice(0, 3), [5, 2], [0, 10]];
    expect([isInside([5, 8], bay), isInside([5, 1], bay)]).toEqual([false, true]);
  });

  it('catches nothing with a click or a line', () => {
    expect(caught([], [['a', [0, 0]]])).toEqual([]);
    expect(caught(square.slice(0, 2), [['a', [5, 0]]])).toEqual([]);
  });

  it('keeps points that are some pixels apart', () => {
    expect(drawnOn([[0, 0]], [1, 1])).toEqual([[0, 0]]);
    expect(drawnOn([[0, 0]], [5, 0])).toHaveLength(2);
    expect(drawnOn([], [5, 0])).toHaveLength(1);
  });
});

describe('the colours', () => {
  it('differ where grids touch, and are none without a grid', () => {
    const shades = shadesOf(row(['甲', '甲', '乙', null, '丙', '丙']), 'GRID');
    expect(shades.get('Atom:1')).toBe(shades.get('Atom:2'));
    expect(shades.get('Atom:2')).not.toBe(shades.get('Atom:3'));
    expect(shades.get('Atom:4')).toBe(NO_GRID);
    expect(shadesOf(row(['甲', '甲', '乙', null, '丙', '丙']), 'NOW').get('Atom:4')).not.toBe(NO_GRID);
    expect(new Set(shadesOf(row(), 'OUTLET').values()).size).toBe(2);
    expect(new Set(shadesOf(row(), 'HOLDER').values()).size).toBe(3);
  });

  it('bear more neighbours than there are colours', () => {
    const names = Array.from({ length: 12 }, (_, at) => `g${at}`);
    const all = new Map(names.map((name) => [name, new Set(names.filter((other) => other !== name))]));
    expect(coloursApart(all).size).toBe(12);
  });

  it('grow darker with work', () => {
    const shades = shadesOf(row(), 'MINUTES');
    expect(shades.get('Atom:1')).not.toBe(shades.get('Atom:6'));
  });
});

describe('the marks of atoms', () => {
  it('say what is not as in force, what is chosen, over what one drags and what is locked', () => {
    const marks = marksOf(row(['甲', '乙', '乙', '乙', '丙', '丙']), {
      shading: 'GRID',
      chosen: new Set(['Atom:1']),
      target: '丙',
      locked: new Set(['grid 乙', 'atom a1']),
    });
    const of = (n: number) => marks.get(`Atom:${n}`)!;
    expect([of(1).isMoved, of(2).isMoved]).toEqual([false, true]);
    expect([of(1).isChosen, of(2).isChosen]).toEqual([true, false]);
    expect([of(4).isTarget, of(5).isTarget]).toEqual([false, true]);
    expect([of(1).isLocked, of(3).isLocked, of(5).isLocked]).toEqual([true, true, false]);
  });

  it('put names and the view where the atoms are', () => {
    expect(labelsOf(row())[0]).toEqual({ name: '甲网格', at: [expect.closeTo(119.15), 33], rank: -3 });
    const model = row();
    // Half the way to a neighbour lies beyond the outermost middles.
    const [west, south, east, north] = boundsOfAtoms(model, model.atoms.values())!;
    expect([west, east].map((deg) => Number(deg.toFixed(4)))).toEqual([119.05, 119.65]);
    expect([south, north]).toEqual([33, 33]);
    expect(boundsOfAtoms(model, [])).toBeNull();
  });
});

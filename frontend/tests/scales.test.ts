import { describe, expect, it } from 'vitest';
import { measureOf } from '@/features/grids/measures';
import { classBreaks, fixedBreaks } from '@/shared/classes';
import { colourRamp, toOklab } from '@/shared/colours';
import { boundsOf, type Geometry } from '@/shared/map/geometry';
import { bareId, fillColour, nodeId } from '@/shared/map/mapStyle';
import { newUuid } from '@/shared/uuid';

describe('colours', () => {
  it('keep their ends and step evenly in lightness', () => {
    const ramp = colourRamp('#eaf2ee', '#15566f', 6);
    expect(ramp[0]).toBe('#eaf2ee');
    expect(ramp[5]).toBe('#15566f');
    const lightness = ramp.map((colour) => toOklab(colour)[0]);
    const steps = lightness.slice(1).map((value, at) => lightness[at]! - value);
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.05);
  });
});

describe('classes', () => {
  it('hold about equally many values', () => {
    const values = Array.from({ length: 600 }, (_, at) => at ** 2);
    const breaks = classBreaks(values, 6);
    expect(breaks).toHaveLength(5);
    const counts = [...breaks, Infinity].map(
      (to, at) => values.filter((value) => value < to && value >= (breaks[at - 1] ?? -Infinity)).length,
    );
    for (const count of counts) expect(count).toBeGreaterThan(80);
  });
  it('are fewer where values are the same, and none where there is one value', () => {
    expect(classBreaks([0, 0, 0, 0, 5], 6).length).toBeLessThan(5);
    expect(classBreaks([7, 7, 7], 6)).toEqual([]);
    expect(classBreaks([], 6)).toEqual([]);
  });
  it('become a step expression with one colour more than thresholds', () => {
    expect(fillColour({ value: ['get', 'x'], breaks: [10, 20], colours: ['a', 'b', 'c'] })).toEqual([
      'step',
      ['get', 'x'],
      'a',
      10,
      'b',
      20,
      'c',
    ]);
    expect(fillColour({ value: ['get', 'x'], breaks: [], colours: ['a'] })).toBe('a');
  });
});

describe('measures', () => {
  const figures = {
    customers: 200,
    located: 150,
    visitedHere90d: 40,
    visited90d: 50,
    keyCustomers: 10,
    depositFen: 1,
    loanFen: 2,
    dueVisits: 3,
    atRisk: 4,
    visited180d: 80,
    visited365d: 100,
    visitedEver: 150,
    medianDaysUnvisited: 120,
  };
  it('are read from the figures', () => {
    expect(measureOf('visitedShare').of(figures)).toBe(0.2);
    expect(measureOf('visitedShare').of({ ...figures, customers: 0 })).toBe(0);
    expect(measureOf('depositFen').of(figures)).toBe(1);
  });
  it('of blind spots are shares of the others, and days where anybody has been', () => {
    expect(measureOf('unvisited180Share').of(figures)).toBeCloseTo(0.6);
    expect(measureOf('neverVisitedShare').of(figures)).toBe(0.25);
    expect(measureOf('unvisited90Share').of({ ...figures, customers: 0, visited90d: 0 })).toBe(0);
    expect(measureOf('medianDaysUnvisited').of(figures)).toBe(120);
    expect(measureOf('medianDaysUnvisited').of({ ...figures, medianDaysUnvisited: null })).toBeNull();
  });
  it('fall back to customers for an unknown name', () => expect(measureOf('nonsense').code).toBe('customers'));
});

describe('shapes', () => {
  const shape: Geometry = {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
          [0, 0],
        ],
      ],
      [
        [
          [10, 10],
          [14, 10],
          [14, 12],
          [10, 12],
          [10, 10],
        ],
      ],
    ],
  };
  it('are framed by the smallest box', () => {
    expect(boundsOf([shape])).toEqual([0, 0, 14, 12]);
    expect(boundsOf([])).toBeNull();
  });
});

describe('classes of what is rare', () => {
  it('tell those that have anything from those that have nothing', () => {
    const nothing = Array.from({ length: 95 }, () => 0);
    expect(classBreaks([...nothing, 1, 1, 2, 3, 7], 6)).toEqual([1, 1.6, 2.4, 3.8]);
    expect(classBreaks([...nothing, 1], 6)).toEqual([1]);
    expect(classBreaks(nothing, 6)).toEqual([]);
  });
});

describe('fixed classes', () => {
  it('are equally wide from zero on, in round steps', () => {
    expect(fixedBreaks([3, 11], 6)).toEqual([2, 4, 6, 8, 10]);
    expect(fixedBreaks([0.98, 0.2], 5)).toEqual([0.2, 0.4, 0.6, 0.8]);
    expect(fixedBreaks([120_000, 1], 6)).toEqual([20_000, 40_000, 60_000, 80_000, 100_000]);
  });
  it('are one where nothing is there', () => {
    expect(fixedBreaks([], 6)).toEqual([]);
    expect(fixedBreaks([0, 0], 6)).toEqual([]);
  });
});

describe('ids', () => {
  it('of a tile become ids of the contract', () => {
    expect(nodeId('Grid', 7)).toBe('Grid:7');
    expect(nodeId('Customer', 'Customer:9')).toBe('Customer:9');
    expect(bareId('Grid:7')).toBe('7');
  });
  it('are version 4 UUIDs even where the browser has no randomUUID', () => {
    const plain = { getRandomValues: crypto.getRandomValues.bind(crypto) } as unknown as Crypto;
    const made = new Set(Array.from({ length: 200 }, () => newUuid(plain)));
    expect(made.size).toBe(200);
    for (const uuid of made)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { askOfSearch, filterOfAsk } from '@/features/customers/filter';
import { colouringOf, LACKING } from '@/features/grids/colouring';
import { measureOf } from '@/features/grids/measures';
import { listOfClass, VISIT_CLASSES } from '@/features/grids/visitClasses';
import { listOfCell } from '@/desk/routes/listOfCell';
import { VisitLegend } from '@/features/grids/VisitLegend';
import { cellColour, customerTiles, pointColour, pointRim } from '@/shared/map/mapStyle';
import { cornersOf } from '@/shared/map/clicks';
import { tokens } from '@/shared/tokens';
import { renderPage } from './harness';

const COLOURS = ['#000001', '#000002', '#000003', '#000004', '#000005'];
const colouring = { value: 0, breaks: [0.5], colours: ['light', 'dark'] };

describe('classes of the last visit', () => {
  it('ask the list for the days that a tile counts', () => {
    const asked = VISIT_CLASSES.map((one) =>
      filterOfAsk(askOfSearch(new URLSearchParams(listOfClass(one, '2026-11-20')))),
    );
    const status = ['ACTIVE'];
    expect(asked).toEqual([
      { status, lastVisitOn: { gte: '2026-08-23' } },
      { status, lastVisitOn: { gte: '2026-05-25' }, not: { lastVisitOn: { gte: '2026-08-23' } } },
      { status, lastVisitOn: { gte: '2025-11-21' }, not: { lastVisitOn: { gte: '2026-05-25' } } },
      { status, lastVisitOn: { gte: '1900-01-01' }, not: { lastVisitOn: { gte: '2025-11-21' } } },
      { status, not: { lastVisitOn: { gte: '1900-01-01' } } },
    ]);
  });

  it('stand in the legend, each with its list', async () => {
    renderPage(<VisitLegend colours={COLOURS} dataDate="2026-11-20" />);
    const links = await screen.findAllByRole('link');
    expect(links.map((link) => link.textContent)).toEqual([
      '上次走访在90天内',
      '90–179天未走访',
      '180–364天未走访',
      '365天及以上未走访',
      '从未走访',
    ]);
    expect(links[4]!.getAttribute('href')).toBe('/customers?unvisitedFrom=1900-01-01');
  });
});

describe('grids where nobody has been', () => {
  const figures = { customers: 2, located: 2, keyCustomers: 0, depositFen: 0, loanFen: 0, dueVisits: 0, atRisk: 0 };
  const grid = (id: string, medianDaysUnvisited: number | null) => ({
    id,
    statistics: {
      ...figures,
      visitedHere90d: 0,
      visited90d: 0,
      visited180d: 0,
      visited365d: 0,
      visitedEver: 1,
      medianDaysUnvisited,
    },
  });
  const median = measureOf('medianDaysUnvisited');

  it('have a colour of their own below all days', () => {
    const some = [grid('1', null), grid('2', 0), grid('3', 40), grid('4', 90)];
    const { breaks, colours, isLacking } = colouringOf(some, median, null, 'quantile');
    expect([breaks[0], colours[0], isLacking]).toEqual([0, LACKING, true]);
    expect(colours).toHaveLength(breaks.length + 1);
    expect(breaks.slice(1)).toEqual(colouringOf(some.slice(1), median, null, 'quantile').breaks);
  });

  it('are not said to be there where there are none', () => {
    expect(colouringOf([grid('2', 0), grid('3', 40)], median, null, 'fixed').isLacking).toBe(false);
  });
});

describe('a cell of blind spots', () => {
  const square = { type: 'Polygon', coordinates: [[[119, 33], [119.1, 33], [119.1, 33.1], [119, 33.1], [119, 33]]] }; // prettier-ignore
  const cell = (properties: object) => ({ geometry: square, properties }) as never;

  it('opens the list of whom it counts: those in its square, by the measure that colours it', () => {
    const corners = cornersOf(cell({ count: 9, visited90d: 2 }))!;
    const ask = (measure: string) =>
      filterOfAsk(askOfSearch(new URLSearchParams(listOfCell(corners, measure, '2026-11-20'))));
    expect(ask('unvisited90Share')).toMatchObject({
      status: ['ACTIVE'],
      not: { lastVisitOn: { gte: '2026-08-23' } },
      area: { type: 'Polygon', coordinates: [[[119, 33], [119.1, 33], [119.1, 33.1], [119, 33.1], [119, 33]]] }, // prettier-ignore
    });
    expect(ask('neverVisitedShare')).toMatchObject({ not: { lastVisitOn: { gte: '1900-01-01' } } });
    expect(ask('medianDaysUnvisited')).not.toHaveProperty('not');
  });

  it('says nothing of visits to whom places are masked, and is no door to a list', () => {
    expect([cornersOf(cell({ count: 9 })), cornersOf(undefined)]).toEqual([null, null]);
  });
});

describe('the map of visits', () => {
  const visits = { ofCell: measureOf('unvisited90Share').ofCell, classes: COLOURS };

  it('asks for other tiles, and no other map does', () => {
    expect(customerTiles('', 'v', true)).toBe(`${customerTiles('', 'v', false)}?with=visits`);
  });

  it('colours doors by class and cells by share, and what says nothing of visits as usual', () => {
    const usual = pointColour(colouring);
    expect(pointColour({ ...colouring, visits })).toEqual([
      'match',
      ['get', 'visitClass'],
      ...COLOURS.flatMap((colour, place) => [place, colour]),
      usual,
    ]);
    expect(pointRim({ ...colouring, visits }).at(-1)).toBe(tokens.inkSoft);
    expect(pointRim(colouring).at(-1)).toBe('#ffffff');
    expect(cellColour(colouring)).toBe(tokens.mapSelected);
    expect(cellColour({ ...colouring, visits: { ...visits, ofCell: null } })).toBe(tokens.mapSelected);
    expect(cellColour({ ...colouring, visits })).toEqual([
      'case',
      ['has', 'visited90d'],
      ['step', measureOf('unvisited90Share').ofCell, 'light', 0.5, 'dark'],
      tokens.mapSelected,
    ]);
  });
});

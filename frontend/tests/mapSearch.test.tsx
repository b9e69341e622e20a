import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { MapSearch } from '@/features/mapSearch/MapSearch';
import { PhoneMapSearch } from '@/features/mapSearch/PhoneMapSearch';
import { customerFound, useFound } from '@/features/mapSearch/useFound';
import { matchingOf } from '@/desk/routes/useMapRouteMatching';
import { renderPage } from './harness';

const node = (id: string, name: string, within = '') => ({ node: { id, name, within } });
const list = (...edges: object[]) => ({ edges });

function Page({ onChoose }: { onChoose: (id: string | null) => void }) {
  const [at, setAt] = useState<string | null>(null);
  const looking = useFound(at);
  const choose = (id: string | null) => {
    setAt(id);
    onChoose(id);
  };
  return <MapSearch chosenId={at} looking={looking} onChoose={choose} />;
}

it('finds what is called so, group by group, and lets go again', async () => {
  const onChoose = vi.fn();
  const { environment } = renderPage(<Page onChoose={onChoose} />);
  const answer = (name: string, data: object) => {
    const asked = environment.mock.getAllOperations().find(({ request }) => request.node.operation.name === name);
    act(() => environment.mock.resolve(asked!, { data } as never));
  };
  const box = screen.getByRole('combobox', { name: '在地图上查找' });
  await userEvent.type(box, '东');
  await vi.waitFor(() => expect(environment.mock.getAllOperations()).toHaveLength(2));
  answer('useMapSearchQuery', {
    towns: list(node('TOWN:1', '大东镇')),
    villages: list(node('VILLAGE:2', '东村', '大东镇')),
    grids: list(),
    lists: [
      { id: 'Grid:9', code: '@MK01', name: '东街建材市场' },
      { id: 'Grid:8', code: '@MK02', name: '南市场' },
    ],
    outlets: list(node('OrgUnit:3', '东支行')),
    atoms: list(),
  });
  answer('useMapSearchCustomersQuery', {
    customers: list({ node: { id: 'Customer:7', name: '东**', phone: null, grid: { id: 'Grid:1', name: '网格' } } }),
  });
  const groups = await screen.findAllByText(/^(乡镇与村|网格|网点|客户|组、小区)$/);
  expect(groups.map(({ textContent }) => textContent)).toEqual(expect.arrayContaining(['乡镇与村', '网点', '客户']));
  expect(screen.queryByText('南市场')).toBeNull();
  expect(screen.getByText('东街建材市场')).toBeTruthy();
  await userEvent.click(screen.getByText('东村'));
  expect(onChoose).toHaveBeenCalledWith('VILLAGE:2');
  answer('useFoundQuery', { mapPlaces: list() });
  await screen.findByText(/这个地点已不在/);
  await userEvent.click(screen.getByRole('button', { name: '取消定位' }));
  expect(onChoose).toHaveBeenLastCalledWith(null);
});

it('is a list for the thumb on the phone, and says so where nothing was found', async () => {
  const onChoose = vi.fn();
  const { environment } = renderPage(<PhoneMapSearch chosenId={null} looking={null} onChoose={onChoose} />);
  await userEvent.type(screen.getByRole('searchbox'), '东');
  await vi.waitFor(() => expect(environment.mock.getAllOperations()).toHaveLength(2));
  const [places, customers] = environment.mock.getAllOperations();
  const nobody = { customers: list() };
  const grids = list(node('Grid:5', '东沟网格', '东沟镇'));
  const none = { towns: list(), villages: list(), lists: [], outlets: list(), atoms: list() };
  act(() => environment.mock.resolve(places!, { data: { ...none, grids } } as never));
  act(() => environment.mock.resolve(customers!, { data: nobody } as never));
  await userEvent.click(await screen.findByRole('button', { name: '东沟网格 东沟镇' }));
  expect(onChoose).toHaveBeenCalledWith('Grid:5');
  expect(screen.queryByRole('button', { name: /东沟网格/ })).toBeNull();
});

it('goes to the grid of a customer whose place is hidden or unknown, and says so', () => {
  const boundary = {
    type: 'Polygon' as const,
    coordinates: [[[0, 0], [2, 0], [2, 2], [0, 0]]] as [number, number][][], // prettier-ignore
  };
  const grid = { id: 'Grid:1', name: '网格', boundary };
  const customer = { id: 'Customer:7', name: '东', grid };
  const shown = customerFound({ ...customer, location: { lonDeg: 1, latDeg: 1, method: 'VISIT' } } as never);
  expect(shown.spot).toMatchObject({ at: [1, 1], outline: null });
  expect(shown.remark).toBeNull();
  const hidden = customerFound({ ...customer, location: { lonDeg: 1, latDeg: 1, method: 'GRID' } } as never);
  expect(hidden).toMatchObject({ remark: 'inMiddle', spot: { at: null, outline: boundary, bounds: [0, 0, 2, 2] } });
  expect(customerFound({ ...customer, location: null, grid: null } as never)).toMatchObject({
    remark: 'noPlace',
    spot: null,
  });
});

it("counts the list's customers by small and by large grid, and draws them where they are few", () => {
  const grid = (id: string) => ({ id, parent: { id: 'Grid:9' } });
  const groups = [
    { customers: 2, grid: grid('Grid:1') },
    { customers: 3, grid: grid('Grid:2') },
    { customers: 1, grid: null },
  ];
  const edges = [
    { node: { id: 'Customer:1', tier: 'KEY', location: { lonDeg: 1, latDeg: 2 } } },
    { node: { id: 'Customer:2', tier: 'GENERAL', location: null } },
  ];
  const few = matchingOf({
    customerGroups: groups,
    customers: { totalCount: { value: 2, isExact: true }, edges },
  } as never);
  expect(Object.fromEntries(few.counts)).toEqual({ 'Grid:1': 2, 'Grid:2': 3, 'Grid:9': 5 });
  expect(few).toMatchObject({ total: 6, isWhole: true, dots: [{ at: [1, 2], properties: { id: 'Customer:1' } }] });
  const many = matchingOf({
    customerGroups: groups,
    customers: { totalCount: { value: 501, isExact: true }, edges },
  } as never);
  expect(many).toMatchObject({ isWhole: false, dots: [] });
});

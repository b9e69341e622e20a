import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes, useLocation } from 'react-router';
import { describe, expect, it } from 'vitest';
import { CustomerRoute } from '@/desk/routes/CustomerRoute';
import { CustomersRoute } from '@/desk/routes/CustomersRoute';
import { GraphQLFailure } from '@/relay/network';
import { renderPage } from './harness';

const customer = (part: object) => ({
  __typename: 'Customer',
  id: 'Customer:7',
  name: '王桂兰',
  kind: 'PERSON',
  tier: 'KEY',
  phone: '138****0001',
  grid: { id: 'Grid:3', name: '新桥村网格' },
  owner: null,
  depositFen: 123_456_789,
  loanFen: 0,
  attritionScore: 0.423,
  attritionBand: 5,
  lastVisitOn: null,
  dueOn: null,
  ...part,
});
const page = (nodes: object[], part: object = {}) => ({
  data: {
    customers: {
      totalCount: { value: nodes.length, isExact: true },
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: 's', endCursor: 'e' },
      edges: nodes.map((node) => ({ node })),
      ...part,
    },
  },
});
const PLACES = { data: { grids: [], lists: [], organisation: [] } };

function Address() {
  return <output>{useLocation().search}</output>;
}

/** Opens the list at an address; the filters' own query is answered first. */
function openList(at: string) {
  const { environment } = renderPage(
    <>
      <CustomersRoute />
      <Address />
    </>,
    { at },
  );
  const answer = (name: string, data: object) => {
    const asked = environment.mock.getAllOperations().find(({ request }) => request.node.operation.name === name);
    if (!asked) throw new Error(`${name} was not asked`);
    act(() => environment.mock.resolve(asked, data as never));
    return asked;
  };
  answer('CustomersRoutePlacesQuery', PLACES);
  return { environment, answer };
}

describe('the list of customers', () => {
  it('asks what the address says and shows money in 万元 with the fen on hover', async () => {
    const { answer } = openList('/customers?tier=KEY&sort=DEPOSIT&order=desc');
    const asked = answer('CustomersRouteQuery', page([customer({})]));
    expect(asked.request.variables).toMatchObject({
      first: 50,
      filter: { tier: ['KEY'], status: ['ACTIVE'] },
      orderBy: [{ by: 'DEPOSIT', descending: true }],
    });
    expect((await screen.findByText('123.46')).getAttribute('title')).toBe('1,234,567.89 元');
    expect(screen.getByText('42.3%')).toBeTruthy();
    expect(screen.getByText('无主办')).toBeTruthy();
    expect(screen.getByText('共 1 户')).toBeTruthy();
  });

  it('shows that it starts with active customers, and lets go of that', async () => {
    const { answer } = openList('/customers?due=1');
    const asked = answer('CustomersRouteQuery', page([customer({})]));
    expect(asked.request.variables.filter).toEqual({ status: ['ACTIVE'], due: true });
    expect(await screen.findByText('正常')).toBeTruthy();
    await userEvent.click(screen.getByRole('combobox', { name: '客户状态' }));
    await userEvent.keyboard('{Backspace}');
    const next = answer('CustomersRouteQuery', page([customer({})]));
    expect(next.request.variables.filter).toEqual({ due: true });
    expect(await screen.findByText('?status=ANY&due=1')).toBeTruthy();
  });

  it('says when more match than were counted', async () => {
    const { answer } = openList('/customers');
    answer('CustomersRouteQuery', page([customer({})], { totalCount: { value: 10_000, isExact: false } }));
    expect(await screen.findByText('超过 10,000 户')).toBeTruthy();
  });

  it('says what to do when nothing matches', async () => {
    const { answer } = openList('/customers?text=zzz');
    answer('CustomersRouteQuery', page([]));
    expect(await screen.findByText('没有符合条件的客户')).toBeTruthy();
  });

  it('turns the page by its last key and keeps the question', async () => {
    const { answer } = openList('/customers?tier=KEY');
    answer(
      'CustomersRouteQuery',
      page([customer({})], {
        pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: 's', endCursor: 'e' },
      }),
    );
    await userEvent.click(await screen.findByRole('button', { name: '下一页' }));
    const next = answer('CustomersRouteQuery', page([customer({ id: 'Customer:8', name: '第二页' })]));
    expect(next.request.variables).toMatchObject({
      first: 50,
      after: 'e',
      filter: { tier: ['KEY'], status: ['ACTIVE'] },
    });
    expect(await screen.findByText('第二页')).toBeTruthy();
    expect(document.querySelector('output')!.textContent).toBe('?tier=KEY&after=e');
  });

  it('keeps the permission of the server in words and offers another try', async () => {
    const { environment } = openList('/customers');
    const asked = environment.mock.findOperation(
      ({ request }) => request.node.operation.name === 'CustomersRouteQuery',
    );
    act(() => environment.mock.reject(asked, new GraphQLFailure('FORBIDDEN', 'x')));
    expect((await screen.findByRole('alert')).textContent).toContain('您的岗位没有这项权限');
    await userEvent.click(screen.getByRole('button', { name: '重试' }));
    const again = environment.mock.findOperation(
      ({ request }) => request.node.operation.name === 'CustomersRouteQuery',
    );
    act(() => environment.mock.resolve(again, page([customer({})]) as never));
    expect(await screen.findByText('王桂兰')).toBeTruthy();
  });
});

describe('one customer', () => {
  it('outside the scope is a sentence and not an error', async () => {
    const { environment } = renderPage(
      <Routes>
        <Route path="/customers/:id" element={<CustomerRoute />} />
      </Routes>,
      { at: '/customers/Customer%3A99' },
    );
    act(() => environment.mock.resolveMostRecentOperation({ data: { customer: null } }));
    expect(await screen.findByText('没有找到这位客户')).toBeTruthy();
  });
});

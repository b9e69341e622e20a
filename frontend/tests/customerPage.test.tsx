import { act, screen } from '@testing-library/react';
import { MockPayloadGenerator } from 'relay-test-utils';
import { Route, Routes } from 'react-router';
import { expect, it } from 'vitest';
import { CustomerRoute } from '@/desk/routes/CustomerRoute';
import { renderPage } from './harness';

it('marks a related customer whom nobody is to see, and shows foreign money beside the yuan', async () => {
  const { environment } = renderPage(
    <Routes>
      <Route path="/customers/:id" element={<CustomerRoute />} />
    </Routes>,
    { at: '/customers/Customer%3A7' },
  );
  const page = {
    name: '德发面馆',
    kind: 'SOLE_TRADER',
    status: 'ACTIVE',
    depositFen: 100_000,
    foreignDeposits: [{ product: '外币活期', currency: 'USD', balance: 500_000, openedOn: null }],
    relations: [{ kind: 'OPERATOR' }],
    ...Object.fromEntries(
      ['deposits', 'loans', 'scores', 'monthEnds', 'sources', 'disagreements', 'posts'].map((name) => [name, []]),
    ),
    oldVisits: [],
    visits: { edges: [] },
    lastVisitOn: null,
    industry: null,
  };
  const operator = { name: '韩德发', kind: 'PERSON', status: 'DEAD', depositFen: 8_800 };
  act(() =>
    environment.mock.resolveMostRecentOperation((operation) =>
      MockPayloadGenerator.generate(operation, {
        Customer: ({ path }) => (path?.includes('relations') ? operator : page),
      }),
    ),
  );
  const related = (await screen.findByRole('button', { name: '韩德发' })).closest('li');
  expect(related?.textContent).toContain('已故');
  expect(screen.getByText(/^另有 USD\s5,000\.00$/)).toBeTruthy();
});

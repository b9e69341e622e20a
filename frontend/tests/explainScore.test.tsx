import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { useExplainScore } from '@/features/customers/useExplainScore';
import { renderPage } from './harness';

function Explained() {
  const { explaining, explain } = useExplainScore('Customer:7');
  return (
    <>
      <button type="button" onClick={() => explain('attrition')}>
        go
      </button>
      <output>{explaining.state === 'refused' ? explaining.sentence : explaining.state}</output>
    </>
  );
}

const QUEUED = { explainScore: { __typename: 'ExplainScoreSuccess', queued: true } };
const DIED = { explainScore: { __typename: 'ScoreNotExplained', code: 'EXPLANATION_FAILED', message: 'x' } };
const NO_REASONS = { customer: { id: 'Customer:7', scores: [{ model: 'attrition', reasons: [] }] } };

afterEach(() => vi.restoreAllMocks());

/** Asks, and lets the whole wait go by without reasons; gives the key of the first and of the last question. */
async function waitInVain(lastAnswer: object) {
  const { environment } = renderPage(<Explained />);
  const answer = (data: object) => act(() => environment.mock.resolveMostRecentOperation({ data } as never));
  const key = () => environment.mock.getMostRecentOperation().request.variables.input.idempotencyKey as string;
  await userEvent.click(screen.getByText('go'));
  const first = key();
  answer(QUEUED);
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 31_000);
  answer(NO_REASONS);
  const last = key();
  answer(lastAnswer);
  return { first, last };
}

it('a wait that was in vain ends by asking once more with the same key what became of it', async () => {
  const { first, last } = await waitInVain(QUEUED);
  expect(last).toBe(first);
  expect(await screen.findByText('late')).toBeTruthy();
});

it('an attempt that failed is told as such, not as a delay', async () => {
  await waitInVain(DIED);
  expect(await screen.findByText(/理由没有算出来/)).toBeTruthy();
});

import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { DeskSignIn } from '@/features/session/DeskSignIn';
import { PhoneSignIn } from '@/features/session/PhoneSignIn';
import { GraphQLFailure } from '@/relay/network';
import { renderPage } from './harness';

describe.each([
  ['desk', DeskSignIn],
  ['phone', PhoneSignIn],
] as const)('the door of the %s', (_, SignIn) => {
  async function fill(onSignedIn = vi.fn()) {
    const { environment } = renderPage(<SignIn onSignedIn={onSignedIn} />);
    await userEvent.type(screen.getByLabelText('账号'), ' manager1 ');
    await userEvent.type(screen.getByLabelText('密码'), 'yunge-manager1');
    await userEvent.click(screen.getByRole('button', { name: /登\s?录/ }));
    return { environment, onSignedIn };
  }

  it('sends the account without blanks and opens', async () => {
    const { environment, onSignedIn } = await fill();
    const asked = environment.mock.getMostRecentOperation();
    expect(asked.request.variables).toEqual({ input: { account: 'manager1', password: 'yunge-manager1' } });
    act(() =>
      environment.mock.resolve(asked, {
        data: { signIn: { __typename: 'SignInSuccess', viewer: { role: 'CUSTOMER_MANAGER' } } },
      }),
    );
    expect(onSignedIn).toHaveBeenCalledOnce();
  });

  it('says why not, in a sentence for the code', async () => {
    const { environment, onSignedIn } = await fill();
    act(() =>
      environment.mock.resolveMostRecentOperation({
        data: { signIn: { __typename: 'SignInRefused', code: 'SIGN_IN_REFUSED', message: '…' } },
      }),
    );
    expect((await screen.findByRole('alert')).textContent).toContain('账号或密码不正确');
    expect(onSignedIn).not.toHaveBeenCalled();
  });

  it("shows the server's own sentence for a code that is newer than the catalogue", async () => {
    const { environment } = await fill();
    act(() =>
      environment.mock.resolveMostRecentOperation({
        data: { signIn: { __typename: 'SignInRefused', code: 'BRAND_NEW', message: '账号已停用，请找管理员。' } },
      }),
    );
    expect((await screen.findByRole('alert')).textContent).toContain('账号已停用，请找管理员。');
  });

  it('says that the network is gone', async () => {
    const { environment } = await fill();
    act(() => environment.mock.rejectMostRecentOperation(new GraphQLFailure('NETWORK', 'x')));
    expect((await screen.findByRole('alert')).textContent).toContain('网络不通');
  });
});

import type { SameKeys } from '@/shared/i18n/sameKeys';
import type { zhCN } from './zh-CN';

export const en: SameKeys<typeof zhCN> = {
  door: {
    account: 'Account',
    accountHint: 'Your account',
    accountMissing: 'Enter your account.',
    password: 'Password',
    passwordHint: 'Your password',
    passwordMissing: 'Enter your password.',
    signIn: 'Sign in',
  },
  refusal: {
    SIGN_IN_REFUSED: 'Wrong account or password. Repeated mistakes lock the account for a while.',
    TOO_MANY_SIGN_IN_FAILURES:
      'Many failed attempts from this network address, so one password is looked at every six seconds; this one was not. Try again in a few seconds, or ask an administrator.',
  },
};

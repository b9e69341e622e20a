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
      'Too many failed attempts from this network address; the password was not looked at. Try again in fifteen minutes, or ask an administrator.',
  },
};

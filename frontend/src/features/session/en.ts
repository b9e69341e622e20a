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
    firstTitle: 'Set your own password',
    firstLead:
      'Your one-time code is right ({{account}}). Set a password that you alone know; you sign in with it from now on, and the code ends.',
    newPassword: 'New password',
    newPasswordHint: 'Your new password',
    newPasswordRule: 'At least 10 characters; a sentence that you remember will do. It must not hold the account.',
    again: 'Once more',
    againMissing: 'Enter the new password once more.',
    againDiffers: 'The two passwords differ.',
    choose: 'Set password and sign in',
    back: 'Back to signing in',
  },
  refusal: {
    SIGN_IN_REFUSED: 'Wrong account or password. Repeated mistakes lock the account for a while.',
    TOO_MANY_SIGN_IN_FAILURES:
      'Many failed attempts from this network address, so one password is looked at every six seconds; this one was not. Try again in a few seconds, or ask an administrator.',
  },
};

import type { SameKeys } from '@/shared/i18n/sameKeys';
import type { zhCN } from './zh-CN';

export const en: SameKeys<typeof zhCN> = {
  menu: { accounts: 'Staff' },
  accounts: {
    count_one: '{{count, number}} member of staff',
    count_other: '{{count, number}} members of staff',
    staff: 'Name',
    number: 'Staff number',
    role: 'Role',
    unit: 'Unit',
    account: 'Account',
    state: 'State',
    signedIn: 'Last signed in',
    handOut: 'Hand out a code',
    handOutAgain: 'Reset',
    lead: 'With a one-time code for {{name}} the password there was ends at once, and devices are signed out. The code is used once, to set a password.',
    confirm: 'Hand out',
    slipTitle: 'Yunge: one-time code',
    slipName: 'Name',
    slipCode: 'One-time code',
    slipUntil: 'Good until',
    slipHow:
      'Sign in with the account and this code, and set a password of your own (at least 10 characters). Hand this slip over in person; destroy it once the password is set.',
    once: 'The code is shown this once; it cannot be looked up later.',
    print: 'Print',
    close: 'Handed over, close',
    until: 'until {{at}}',
    none: 'Your units have no staff',
    noneAdvice: 'Staff come by an import or with the nightly files.',
  },
  accountState: {
    NONE: 'No way in yet',
    CODE: 'Waits for first use',
    CODE_OVER: 'Code is over',
    OPEN: 'Open',
    LOCKED: 'Locked for a while',
    DISABLED: 'Disabled',
    ENDED: 'Left the bank',
  },
  hindrance: {
    OWN_ACCOUNT: 'Yourself',
    ACCOUNT_DISABLED: 'By the operator',
    EMPLOYMENT_ENDED: 'Left the bank',
    ACCOUNT_DECIDES: 'One of two persons: by the operator',
    ACCOUNT_SEES_MORE: 'By the unit above',
  },
};

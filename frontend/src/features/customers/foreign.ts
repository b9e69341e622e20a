import { formatYuan } from '@/shared/format';

type Account = { readonly currency: string; readonly balance: number };

/** Hundredths of a currency's unit as its amount, on one line: USD, 500000 is USD 5,000.00. */
export function formatForeign({ currency, balance }: Account): string {
  return `${currency}\u00a0${formatYuan(balance)}`;
}

/** One amount a currency, in the order of their letters; a currency of which nothing is left is not named. */
export function sumByCurrency(accounts: readonly Account[]): string[] {
  const sums = new Map<string, number>();
  for (const { currency, balance } of accounts) sums.set(currency, (sums.get(currency) ?? 0) + balance);
  return [...sums]
    .filter(([, balance]) => balance !== 0)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([currency, balance]) => formatForeign({ currency, balance }));
}

import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDistance, formatInstant } from '@/shared/format';
import { useCodeWord } from '@/shared/words';
import { BalanceOutlets } from './BalanceOutlets';
import type { Drawing } from './useDrawing';
import type { Balance, Proposal } from './usePlanBalances';
import './plans.css';

type Props = { balance: Balance; drawing: Drawing; isWaiting: boolean; onTake: (id: string) => void };

/** Three proposals side by side; one is seen on the map before it is taken over. */
export function BalanceProposals({ balance, drawing, isWaiting, onTake }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { proposals } = balance;
  const { preview } = drawing;
  const away = (metres: number) => {
    const { value, unit } = formatDistance(metres);
    return `${value} ${word('unit', unit)}`;
  };
  const rows: [string, (one: Proposal) => string][] = [
    ['evenOutlets', ({ evenAfter, outlets }) => `${evenAfter} / ${outlets}`],
    ['hands', ({ customers }) => formatCount(customers)],
    ['moved', ({ atomsMoved }) => formatCount(atomsMoved)],
    ['posts', ({ postsChanged }) => formatCount(postsChanged)],
    ['away', ({ awayMAfter }) => away(awayMAfter)],
  ];
  const before = proposals[0]!;
  const now = [`${before.evenBefore} / ${before.outlets}`, '–', '–', '–', away(before.awayMBefore)];
  return (
    <>
      <p className="faint">
        {t('balance.of', {
          version: balance.planVersion,
          name: balance.askedBy?.name ?? '',
          at: formatInstant(balance.askedAt),
        })}
      </p>
      <table className="plan-effect">
        <thead>
          <tr>
            <th scope="col">{t('balance.proposal')}</th>
            <th scope="col">{t('balance.now')}</th>
            {proposals.map(({ id, character }) => (
              <th key={id} scope="col">
                {word('balanceCharacter', character)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, of], at) => (
            <tr key={name}>
              <th scope="row">{t(`balance.${name}` as 'balance.hands')}</th>
              <td className="number">{now[at]}</td>
              {proposals.map((one) => (
                <td key={one.id} className="number">
                  {of(one)}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{t('balance.do')}</th>
            <td>
              <Button size="small" disabled={!preview} onClick={() => drawing.setPreview(null)}>
                {t('balance.back')}
              </Button>
            </td>
            {proposals.map((one) => (
              <td key={one.id}>
                <Button
                  size="small"
                  type={preview?.id === one.id ? 'primary' : 'default'}
                  onClick={() => drawing.setPreview(one)}
                >
                  {t('balance.see')}
                </Button>{' '}
                <Button
                  size="small"
                  disabled={isWaiting || one.appliedVersion != null}
                  aria-label={t('balance.takeOf', { name: word('balanceCharacter', one.character) })}
                  onClick={() => onTake(one.id)}
                >
                  {t(one.appliedVersion == null ? 'balance.take' : 'balance.taken')}
                </Button>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <BalanceOutlets proposals={proposals} shown={preview?.id ?? before.id} />
    </>
  );
}

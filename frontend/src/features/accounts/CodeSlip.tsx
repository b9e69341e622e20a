import { useTranslation } from 'react-i18next';
import { formatInstant } from '@/shared/format';
import type { Slip } from './useHandOut';
import './accounts.css';

type Props = { name: string; slip: Slip };

/** What is handed over: the only thing on the sheet when it is printed. */
export function CodeSlip({ name, slip }: Props) {
  const { t } = useTranslation();
  return (
    <section className="code-slip" aria-label={t('accounts.slipTitle')}>
      <h3 className="code-slip-title">{t('accounts.slipTitle')}</h3>
      <dl>
        <dt>{t('accounts.slipName')}</dt>
        <dd>{name}</dd>
        <dt>{t('accounts.account')}</dt>
        <dd className="number">{slip.account}</dd>
        <dt>{t('accounts.slipCode')}</dt>
        <dd className="code-slip-code">{slip.code}</dd>
        {slip.until && (
          <>
            <dt>{t('accounts.slipUntil')}</dt>
            <dd className="number">{formatInstant(slip.until)}</dd>
          </>
        )}
      </dl>
      <p>{t('accounts.slipHow')}</p>
    </section>
  );
}

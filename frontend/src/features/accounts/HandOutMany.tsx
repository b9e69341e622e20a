import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { CodeSlip } from './CodeSlip';
import { type Holder, type HolderSlip, useHandOutMany } from './useHandOutMany';
import './accounts.css';

type Props = { holders: readonly Holder[]; onClose: () => void };

/** Codes for everybody without a way in: handed out once, shown once, printed a unit a page. */
export function HandOutMany({ holders, onClose }: Props) {
  const { t } = useTranslation();
  const { handOut, slips, refused, sentence, isRunning, isDone } = useHandOutMany();
  if (holders.length === 0) return <p className="alert-line alert-waiting">{t('accounts.nobodyWaits')}</p>;
  const hasBegun = slips.length + refused.length > 0 || isRunning;
  return (
    <section className="code-slips" aria-label={t('accounts.handOutMany')}>
      <div className="code-slips-acts">
        {!hasBegun && <p>{t('accounts.manyLead', { count: holders.length })}</p>}
        {hasBegun && (
          <p role="status">{t('accounts.manyDone', { done: slips.length, all: holders.length - refused.length })}</p>
        )}
        {sentence && <FormAlert>{sentence}</FormAlert>}
        {refused.map(({ holder, sentence: why }) => (
          <p key={holder.id} className="bad">
            {t('accounts.manyRefused', { name: holder.name, why })}
          </p>
        ))}
        {!isDone && (
          <Button type="primary" loading={isRunning} onClick={() => void handOut(holders)}>
            {t('accounts.confirm')}
          </Button>
        )}
        {slips.length > 0 && !isRunning && <Button onClick={() => window.print()}>{t('accounts.print')}</Button>}
        {!isRunning && (
          <Button onClick={onClose}>{t(slips.length > 0 ? 'accounts.closeMany' : 'action.cancel')}</Button>
        )}
        {slips.length > 0 && <p className="faint">{t('accounts.once')}</p>}
      </div>
      {byUnit(slips).map(([unit, ofUnit]) => (
        <div key={unit} className="code-slips-unit">
          <h2>{unit}</h2>
          {ofUnit.map(({ holder, slip }) => (
            <CodeSlip key={holder.id} name={holder.name} slip={slip} />
          ))}
        </div>
      ))}
    </section>
  );
}

function byUnit(slips: readonly HolderSlip[]): [string, HolderSlip[]][] {
  const units = new Map<string, HolderSlip[]>();
  for (const one of slips) units.set(one.holder.unit, [...(units.get(one.holder.unit) ?? []), one]);
  return [...units];
}

import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { useStatement } from '@/shared/statements/useStatement';
import { BalanceForm } from './BalanceForm';
import { BalanceProposals } from './BalanceProposals';
import type { Model } from './model';
import { useBalanceActs } from './useBalanceActs';
import type { Drawing } from './useDrawing';
import { usePlanBalances } from './usePlanBalances';
import './plans.css';

type Props = { planId: string; model: Model; drawing: Drawing; mayCross: boolean; onTaken: () => void };

/** 均衡: what is asked for, how far it is, and three answers side by side. */
export function PlanBalance({ planId, model, drawing, mayCross, onTaken }: Props) {
  const { t } = useTranslation();
  const say = useStatement();
  const { balance, askAgain } = usePlanBalances(planId);
  const acts = useBalanceActs(planId);
  const isOpen = balance?.state === 'WAITING' || balance?.state === 'RUNNING';
  return (
    <>
      <BalanceForm
        {...{ model, drawing, mayCross }}
        isOff={isOpen || acts.isWaiting}
        onAsk={(asked) => acts.ask(asked, askAgain)}
      />
      {acts.sentence && <FormAlert>{acts.sentence}</FormAlert>}
      {balance && isOpen && (
        <p className="plan-give" role="status">
          <Progress percent={Math.round(balance.progress * 100)} size="small" aria-label={t('balance.progress')} />
          <Button size="small" onClick={() => acts.stop(balance.id, askAgain)}>
            {t('balance.stop')}
          </Button>
        </p>
      )}
      {balance?.state === 'STOPPED' && <p className="faint">{t('balance.stopped')}</p>}
      {balance?.state === 'FAILED' && <FormAlert>{balance.error ? say(balance.error) : t('balance.failed')}</FormAlert>}
      {balance && balance.proposals.length > 0 && (
        <BalanceProposals
          {...{ balance, drawing }}
          isWaiting={acts.isWaiting}
          onTake={(id) =>
            acts.take(id, () => {
              drawing.setPreview(null);
              askAgain();
              onTaken();
            })
          }
        />
      )}
    </>
  );
}

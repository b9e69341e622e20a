import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { useCodeWord } from '@/shared/words';
import type { Drawing } from './useDrawing';
import type { usePlanActs } from './usePlanActs';
import './plans.css';

type Props = { acts: ReturnType<typeof usePlanActs>; drawing: Drawing };

/** Why something was not done, and what others did meanwhile. What was wanted stays until it is done or let go. */
export function PlanNotices({ acts, drawing }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { trouble } = acts;
  const last = drawing.news[0];
  const again = async (wish: Parameters<typeof acts.carryOut>[0]) => {
    // Another wish, so that it goes under another key: the refusal was an answer.
    if (await acts.carryOut({ ...wish })) drawing.clear();
  };
  return (
    <>
      {trouble && (
        <section
          className="plan-notice plan-notice-refused"
          aria-label={t(trouble.isClash ? 'plans.clash' : 'plans.notDone')}
        >
          <FormAlert>{trouble.sentence}</FormAlert>
          <p className="plan-notice-acts">
            {trouble.isClash && (
              <>
                <Button size="small" type="primary" loading={acts.isWaiting} onClick={() => void again(trouble.wish)}>
                  {t('plans.clashAgain')}
                </Button>
                <Button size="small" onClick={() => drawing.setTab('CHANGES')}>
                  {t('plans.clashLook')}
                </Button>
              </>
            )}
            <Button size="small" onClick={acts.forget}>
              {t(trouble.isClash ? 'plans.clashLeave' : 'action.close')}
            </Button>
          </p>
        </section>
      )}
      {drawing.preview && (
        <section className="plan-notice" aria-label={t('plans.tabBalance')}>
          <p role="status">{t('balance.previewing', { name: word('balanceCharacter', drawing.preview.character) })}</p>
          <p className="plan-notice-acts">
            <Button size="small" onClick={() => drawing.setPreview(null)}>
              {t('balance.back')}
            </Button>
          </p>
        </section>
      )}
      {last && (
        <section className="plan-notice" aria-label={t('plans.news')}>
          <p role="status">
            {t('plans.newsOf', {
              count: drawing.news.length,
              who: last.who,
              act: word('planAct', last.act),
              what: word('balanceCharacter', last.what),
            })}
          </p>
          <p className="plan-notice-acts">
            <Button size="small" onClick={() => drawing.setTab('CHANGES')}>
              {t('plans.clashLook')}
            </Button>
            <Button size="small" onClick={drawing.forgetNews}>
              {t('action.close')}
            </Button>
          </p>
        </section>
      )}
    </>
  );
}

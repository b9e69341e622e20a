import { Button } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import type { PositionState } from '@/shared/usePosition';
import './visits.css';

type Props = { name: string; position: PositionState; onAsk: () => void; onWithout: () => void };

/** The start of a visit: with a position where the phone gives one, without where it does not. */
export function CheckIn({ name, position, onAsk, onWithout }: Props) {
  const { t } = useTranslation();
  const isWaiting = position.state === 'waiting';
  return (
    <section className="check-in" aria-label={t('visit.checkIn')}>
      <h1>{name}</h1>
      <p>{t('visit.checkInWhat')}</p>
      {position.state === 'failed' && <FormAlert tone="waiting">{t(`position.${position.failure}`)}</FormAlert>}
      <Button
        block
        size="large"
        color="primary"
        loading={isWaiting}
        loadingText={t('position.locating')}
        onClick={onAsk}
      >
        {position.state === 'failed' ? t('visit.tryAgain') : t('visit.checkIn')}
      </Button>
      <Button block size="large" fill="none" onClick={onWithout}>
        {t('visit.withoutPosition')}
      </Button>
    </section>
  );
}

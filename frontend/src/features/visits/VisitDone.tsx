import { Button } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { formatDistance } from '@/shared/format';
import { VisitTime } from '@/shared/VisitTime';
import { useCodeWord } from '@/shared/words';
import type { RecordedVisit } from './sendVisit';
import './visits.css';

type Props = {
  /** Undefined where another page of this device had the answer. */
  visit: RecordedVisit | undefined;
  onLeave: () => void;
};

/** The visit is kept. Whether its customer may still be seen is another matter: posts may have changed meanwhile. */
export function VisitDone({ visit, onLeave }: Props) {
  const { t } = useTranslation();
  return (
    <section className="visit-done" role="status">
      <p className="visit-done-sign" aria-hidden="true">
        ✓
      </p>
      <h1>{t('visit.recorded')}</h1>
      {visit && <VisitFacts visit={visit} />}
      {visit === null && <p className="faint">{t('visit.outOfScope')}</p>}
      <Button block size="large" color="primary" onClick={onLeave}>
        {t('visit.back')}
      </Button>
    </section>
  );
}

function VisitFacts({ visit }: { visit: NonNullable<RecordedVisit> }) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const distance = visit.distanceM == null ? null : formatDistance(visit.distanceM);
  return (
    <dl className="rows">
      <div>
        <dt>{t('visit.customer')}</dt>
        <dd>{visit.customer.name}</dd>
      </div>
      <div>
        <dt>{t('visit.at')}</dt>
        <dd>
          <VisitTime countedAt={visit.countedAt} startedAt={visit.startedAt} />
        </dd>
      </div>
      <div>
        <dt>{t('visit.outcome')}</dt>
        <dd>{word('outcome', visit.outcome)}</dd>
      </div>
      <div>
        <dt>{t('visit.distance')}</dt>
        <dd className="number">
          {distance ? (
            `${distance.value} ${t(`unit.${distance.unit}`)}`
          ) : (
            <span className="faint">{t('visit.noDistance')}</span>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('visit.next')}</dt>
        <dd className="number">{visit.nextOn ?? <span className="faint">{t('visit.noNext')}</span>}</dd>
      </div>
    </dl>
  );
}

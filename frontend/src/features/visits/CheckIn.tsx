import { Button } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CheckIn_customer$key } from '@/__generated__/CheckIn_customer.graphql';
import { DraftNotice } from '@/shared/device/DraftNotice';
import type { Writing } from '@/shared/device/useWriting';
import { formatInstant } from '@/shared/format';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { type DevicePosition, usePosition } from '@/shared/usePosition';
import type { VisitBody } from './visitKind';
import './visits.css';

type Props = { customer: CheckIn_customer$key; writing: Writing<VisitBody>; onBegun: () => void };

/** The start of a visit: with a position where the phone gives one, without where it does not. What is chosen stands. */
export function CheckIn({ customer, writing, onBegun }: Props) {
  const { t } = useTranslation();
  const { name } = useFragment(
    graphql`
      fragment CheckIn_customer on Customer {
        name
      }
    `,
    customer,
  );
  const { position, ask, forget } = usePosition();
  const isWaiting = position.state === 'waiting';
  const begin = (known: DevicePosition | null) => {
    const body = { startedAt: new Date().toISOString(), endedAt: null, position: known };
    void writing
      .begin({ title: name, base: null, body: { ...body, outcome: null, note: '', nextOn: null } })
      .then(onBegun);
  };
  return (
    <section className="check-in" aria-label={t('visit.checkIn')}>
      <h1>{name}</h1>
      <p>{t('visit.checkInWhat')}</p>
      <DraftNotice writing={writing} />
      {writing.lastSentAt && (
        <p className="faint">{t('visit.alreadySent', { at: formatInstant(writing.lastSentAt) })}</p>
      )}
      {position.state === 'failed' && <FormAlert tone="waiting">{t(`position.${position.failure}`)}</FormAlert>}
      <Button
        block
        size="large"
        color="primary"
        loading={isWaiting}
        loadingText={t('position.locating')}
        onClick={() => ask((answer) => answer.state === 'known' && begin(answer.position))}
      >
        {position.state === 'failed' ? t('visit.tryAgain') : t('visit.checkIn')}
      </Button>
      <Button
        block
        size="large"
        fill="none"
        onClick={() => {
          forget();
          begin(null);
        }}
      >
        {t('visit.withoutPosition')}
      </Button>
    </section>
  );
}

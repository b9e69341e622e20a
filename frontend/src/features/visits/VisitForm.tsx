import { Button } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { DraftNotice, WhyNotSent } from '@/shared/device/DraftNotice';
import type { Item } from '@/shared/device/item';
import type { Writing } from '@/shared/device/useWriting';
import { VisitFields } from './VisitFields';
import type { VisitBody } from './visitKind';
import './visits.css';

type Props = { item: Item<VisitBody>; writing: Writing<VisitBody> };

/** Outcome → note → next date → record; kept with every change. */
export function VisitForm({ item, writing }: Props) {
  const { t } = useTranslation();
  const { title, body } = item;
  const { isSaved, isOnDevice, change, submit } = writing;
  return (
    <section className="visit" aria-label={t('visit.title')} data-kept={isSaved && isOnDevice}>
      <h1>{title}</h1>
      <DraftNotice writing={writing} />
      <VisitFields body={body} isLocked={false} onChange={change} />
      <WhyNotSent item={item} />
      <Button
        block
        size="large"
        color="primary"
        disabled={body.outcome === null}
        onClick={() => submit({ ...body, endedAt: body.endedAt ?? new Date().toISOString() })}
      >
        {body.outcome === null ? t('visit.chooseOutcome') : t('visit.record')}
      </Button>
    </section>
  );
}

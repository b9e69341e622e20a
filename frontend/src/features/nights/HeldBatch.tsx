import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { HeldBatch_batch$key } from '@/__generated__/HeldBatch_batch.graphql';
import { ReasonDialog } from '@/shared/patterns/ReasonDialog';
import { useStatement } from '@/shared/statements/useStatement';
import { useCodeWord } from '@/shared/words';
import { BATCH_TAGS } from './batchTags';
import { useDecideBatch } from './useDecideBatch';
import './nights.css';

type Props = { batch: HeldBatch_batch$key; onDone: () => void };

/** A file that waits for a person's word: what it would do, and the two answers; or the yes that a night will carry out. */
export function HeldBatch({ batch, onDone }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const say = useStatement();
  const [deciding, setDeciding] = useState<'accept' | 'refuse' | null>(null);
  const data = useFragment(
    graphql`
      fragment HeldBatch_batch on Batch {
        id
        feed
        fileName
        state
        reasons {
          ...useStatement_said
        }
        decidable
        decidedBy {
          name
        }
        decisionReason
      }
    `,
    batch,
  );
  const { decide, isWaiting, sentence } = useDecideBatch(() => {
    setDeciding(null);
    onDone();
  });
  const { decidedBy, decisionReason } = data;
  return (
    <article className="night" aria-label={data.fileName}>
      <header className="night-head">
        <h2>{word('feed', data.feed)}</h2>
        <span className={BATCH_TAGS[data.state] ?? 'tag'}>{word('batchState', data.state)}</span>
        <span className="faint number">{data.fileName}</span>
      </header>
      {data.reasons.map(say).map((reason) => (
        <p key={reason} className="reason">
          {reason}
        </p>
      ))}
      {decidedBy && <p>{t('nights.decided', { name: decidedBy.name, reason: decisionReason ?? '' })}</p>}
      {data.state === 'HELD' && <p className="faint reason">{t('nights.heldAdvice')}</p>}
      {data.decidable && (
        <div className="held-acts">
          <Button onClick={() => setDeciding('refuse')}>{t('nights.sendBack')}</Button>
          <Button type="primary" onClick={() => setDeciding('accept')}>
            {t('nights.letThrough')}
          </Button>
        </div>
      )}
      {deciding && (
        <ReasonDialog
          title={t(deciding === 'accept' ? 'nights.letThroughTitle' : 'nights.sendBackTitle', { file: data.fileName })}
          lead={t(deciding === 'accept' ? 'nights.letThroughWhat' : 'nights.sendBackWhat')}
          reasonLabel={t('nights.decisionReason')}
          okWord={t(deciding === 'accept' ? 'nights.letThrough' : 'nights.sendBack')}
          isWaiting={isWaiting}
          sentence={sentence}
          onGive={(reason) => decide({ batchId: data.id, accepts: deciding === 'accept', reason })}
          onClose={() => setDeciding(null)}
        />
      )}
    </article>
  );
}

import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { FeedBases_feed$key } from '@/__generated__/FeedBases_feed.graphql';
import { ReasonDialog } from '@/shared/patterns/ReasonDialog';
import { Section } from '@/shared/Section';
import { useCan } from '@/shared/session';
import { useCodeWord } from '@/shared/words';
import { RenewDialog } from './RenewDialog';
import { useEndSource } from './useEndSource';
import './sources.css';

/** Of a feed that carries what several third parties tell, one of them. */
type End = { toldBy: string | null };
type Props = { feed: FeedBases_feed$key; onDone: (sentence: string) => void };

/** On what an outside feed is held: noted, renewed, ended. What it told is gone with the night after the end. */
export function FeedBases({ feed, onDone }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const mayDecide = useCan('FEEDS_RELEASE');
  const [act, setAct] = useState<'renew' | End | null>(null);
  const data = useFragment(
    graphql`
      fragment FeedBases_feed on FeedOverview {
        feed
        isHeld
        isByParty
        bases {
          id
          basis
          purpose
          document
          fromOn
          untilOn
          notedBy
          endedOn
          endedReason
          isHeld
          toldBy
        }
      }
    `,
    feed,
  );
  const done = (sentence: string) => {
    setAct(null);
    onDone(sentence);
  };
  const { end, isWaiting, sentence } = useEndSource(() => done(t('feeds.ended')));
  const name = word('feed', data.feed);
  return (
    <Section title={t('feeds.basis')}>
      {data.isByParty && <p className="faint">{t('feeds.byParty')}</p>}
      {data.bases.length === 0 && <p className="bad">{t('feeds.noBasisAdvice')}</p>}
      <ul className="source-list">
        {data.bases.map((one) => (
          <li key={one.id}>
            <p>
              <strong>
                {one.toldBy !== null && `${one.toldBy} · `}
                {word('sourceBasis', one.basis)}
              </strong>{' '}
              <span className={one.isHeld ? 'tag tag-done' : 'tag'}>
                {t(one.isHeld ? 'feeds.inForce' : 'feeds.notInForce')}
              </span>{' '}
              <span className="number faint">
                {t('feeds.days', { from: one.fromOn, until: one.untilOn ?? t('feeds.noEnd') })}
              </span>
            </p>
            {mayDecide && one.isHeld && one.toldBy !== null && (
              <Button size="small" danger onClick={() => setAct({ toldBy: one.toldBy ?? null })}>
                {t('feeds.end')}
              </Button>
            )}
            {one.purpose && <p>{t('feeds.forWhat', { purpose: one.purpose, document: one.document })}</p>}
            {one.notedBy && <p className="faint">{t('feeds.notedBy', { name: one.notedBy })}</p>}
            {one.endedOn && (
              <p className="faint">{t('feeds.wasEnded', { day: one.endedOn, reason: one.endedReason ?? '' })}</p>
            )}
          </li>
        ))}
      </ul>
      {mayDecide && (
        <p className="source-acts">
          <Button onClick={() => setAct('renew')}>{t('feeds.renew')}</Button>
          {data.isHeld && !data.isByParty && (
            <Button danger onClick={() => setAct({ toldBy: null })}>
              {t('feeds.end')}
            </Button>
          )}
        </p>
      )}
      {act === 'renew' && (
        <RenewDialog
          feed={data.feed}
          parties={data.isByParty ? partiesOf(data.bases) : null}
          onClose={() => setAct(null)}
          onDone={() => done(t('feeds.renewed'))}
        />
      )}
      {act !== null && act !== 'renew' && (
        <ReasonDialog
          title={t('feeds.endTitle', { feed: act.toldBy === null ? name : `${name} · ${act.toldBy}` })}
          lead={t('feeds.endWhat')}
          reasonLabel={t('feeds.reason')}
          okWord={t('feeds.end')}
          isWaiting={isWaiting}
          sentence={sentence}
          onGive={(reason) => end({ feed: data.feed, reason, toldBy: act.toldBy })}
          onClose={() => setAct(null)}
        />
      )}
    </Section>
  );
}

function partiesOf(bases: readonly { readonly toldBy: string | null | undefined }[]): string[] {
  return [...new Set(bases.flatMap((one) => one.toldBy ?? []))];
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { VersionList_adapters$key } from '@/__generated__/VersionList_adapters.graphql';
import { formatInstant } from '@/shared/format';
import { TextDifference } from '@/shared/patterns/TextDifference';
import './sources.css';

type Props = { adapters: VersionList_adapters$key; onTake?: ((text: string) => void) | undefined };

/** The versions of a description with who, when and why, and what each changed of the one before. */
export function VersionList({ adapters, onTake }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const versions = useFragment(
    graphql`
      fragment VersionList_adapters on FeedAdapter @relay(plural: true) {
        id
        fromOn
        until
        text
        reason
        addedBy
        agreedBy
        addedAt
      }
    `,
    adapters,
  );
  if (versions.length === 0) return <p className="faint">{t('feeds.noVersion')}</p>;
  return (
    <ul className="source-list">
      {versions.map(({ id, fromOn, until, text, reason, addedBy, agreedBy, addedAt }, at) => {
        const before = versions[at + 1]?.text ?? '';
        return (
          <li key={id}>
            <p>
              <strong>{t('feeds.version', { number: versions.length - at })}</strong>{' '}
              <span className="number">
                {text == null
                  ? t('feeds.endsOn', { day: fromOn })
                  : until
                    ? t('feeds.fromUntil', { from: fromOn, until })
                    : t('feeds.fromOn', { day: fromOn })}
              </span>
            </p>
            <p>{reason}</p>
            <p className="faint">
              {formatInstant(addedAt)}{' '}
              {agreedBy ? t('feeds.byTwo', { one: addedBy, other: agreedBy }) : t('feeds.byOne', { one: addedBy })}
            </p>
            {text != null && (
              <p className="source-acts">
                <button
                  type="button"
                  className="link"
                  aria-expanded={open === id}
                  onClick={() => setOpen(open === id ? null : id)}
                >
                  {t(before === '' ? 'feeds.showText' : 'feeds.showDifference')}
                </button>
                {onTake && (
                  <button type="button" className="link" onClick={() => onTake(text)}>
                    {t('feeds.take')}
                  </button>
                )}
              </p>
            )}
            {open === id && text != null && <TextDifference before={before} after={text} />}
          </li>
        );
      })}
    </ul>
  );
}

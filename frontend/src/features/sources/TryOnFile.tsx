import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { Uploader } from '@/shared/patterns/Uploader';
import { useServerTransport } from '@/shared/patterns/useServerTransport';
import { Section } from '@/shared/Section';
import { TrialResult } from './TrialResult';
import { useTryAdapter } from './useTryAdapter';
import './sources.css';

type Props = { text: string; isSound: boolean };

const LIMITS = {
  count: 1,
  sizeBytes: 64 * 1024 * 1024,
  accept: ['text/*', '.txt', '.csv', '.dat', '.del', '.unl', '.out', '.data', '.gz', '.xlsx'],
};

/** A text tried on a file: sent once, read again with each change of the text that is wanted. Nothing of it is loaded. */
export function TryOnFile({ text, isSound }: Props) {
  const { t } = useTranslation();
  const transport = useServerTransport('feed_trial');
  const [fileId, setFileId] = useState<string | null>(null);
  const [trial, setTrial] = useState<{ id: string; text: string } | null>(null);
  const { tryOn, isWaiting, sentence } = useTryAdapter((id) => setTrial({ id, text }));
  return (
    <Section title={t('feeds.tryTitle')}>
      <p className="faint">{t('feeds.tryWhat')}</p>
      <Uploader
        label={t('feeds.tryFile')}
        purpose="feed_trial"
        limits={LIMITS}
        transport={transport}
        onDone={setFileId}
      />
      <p className="source-acts">
        <Button
          type="primary"
          disabled={fileId === null || !isSound}
          loading={isWaiting}
          onClick={() => fileId && tryOn({ text, fileId })}
        >
          {t('feeds.try')}
        </Button>
        {!isSound && <span className="faint">{t('feeds.mendFirst')}</span>}
      </p>
      {sentence && <FormAlert>{sentence}</FormAlert>}
      {trial && trial.text !== text && <p className="faint">{t('feeds.textChanged')}</p>}
      {trial && <TrialResult key={trial.id} id={trial.id} />}
    </Section>
  );
}

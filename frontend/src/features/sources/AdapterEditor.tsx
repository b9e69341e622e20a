import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { ReasonDialog } from '@/shared/patterns/ReasonDialog';
import type { Draft } from '@/shared/patterns/useDraft';
import { WizardNotice } from '@/shared/patterns/WizardNotice';
import { Section } from '@/shared/Section';
import { AdapterProblems } from './AdapterProblems';
import { AdapterText } from './AdapterText';
import { TryOnFile } from './TryOnFile';
import { useAdapterCheck } from './useAdapterCheck';
import { useProposeAdapter } from './useProposeAdapter';
import './sources.css';

type Props = {
  /** The page's feed: a text that describes another one is most likely pasted into the wrong place. */
  feed: string;
  inForce: string | null;
  draft: Draft<{ text: string }>;
  onProposed: () => void;
};

/** A description being written: checked by line as it is typed, tried on a file, proposed to a second person. */
export function AdapterEditor({ feed, inForce, draft, onProposed }: Props) {
  const { t } = useTranslation();
  const { text } = draft.values;
  const field = useRef<HTMLTextAreaElement>(null);
  const [isProposing, setProposing] = useState(false);
  const checked = useAdapterCheck(text);
  const problems = checked?.check?.problems ?? [];
  const isSound = checked?.check != null && problems.length === 0;
  const other = isSound && checked.check?.feed !== feed ? checked.check?.feed : null;
  const { propose, isWaiting, sentence } = useProposeAdapter(() => {
    draft.discard();
    onProposed();
  });
  const goTo = (line: number) => {
    const lines = text.split('\n');
    const begins = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    field.current?.focus();
    field.current?.setSelectionRange(begins, begins + (lines[line - 1]?.length ?? 0));
  };
  return (
    <div className="adapter-editor">
      <Section
        title={t('feeds.text')}
        aside={
          <Button type="primary" disabled={!isSound || text === inForce} onClick={() => setProposing(true)}>
            {t('feeds.propose')}
          </Button>
        }
      >
        <WizardNotice draft={draft} isWaiting={isWaiting} />
        <AdapterText
          text={text}
          wrong={new Set(problems.map(({ line }) => line))}
          isLocked={isWaiting}
          field={field}
          onChange={(value) => draft.change({ text: value })}
        />
      </Section>
      <div className="source-parts">
        <Section title={t('feeds.check')}>
          <AdapterProblems checked={checked} onGoTo={goTo} />
          {other && <FormAlert tone="waiting">{t('feeds.otherFeed', { feed: other })}</FormAlert>}
          {isSound && text === inForce && <p className="faint">{t('feeds.asInForce')}</p>}
        </Section>
        <TryOnFile text={text} isSound={isSound} />
      </div>
      {isProposing && (
        <ReasonDialog
          title={t('feeds.propose')}
          lead={t('feeds.proposeWhat')}
          reasonLabel={t('feeds.reason')}
          okWord={t('feeds.send')}
          isWaiting={isWaiting}
          sentence={sentence}
          onGive={(reason) => propose({ text, reason })}
          onClose={() => setProposing(false)}
        />
      )}
    </div>
  );
}

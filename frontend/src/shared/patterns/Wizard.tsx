import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureSentence } from '../failure';
import { FormAlert } from './FormAlert';
import type { Draft } from './useDraft';
import { WizardNotice } from './WizardNotice';
import { neededSteps, standingAt, type WizardStep } from './wizardSteps';
import { WizardTrail } from './WizardTrail';

/** What came of sending: null when it is done, a sentence when it was refused. Without an answer it throws. */
export type Refusal = string | null;

type Props<Values> = {
  label: string;
  steps: readonly WizardStep<Values>[];
  draft: Draft<Values>;
  finishWord: string;
  onFinish: (values: Values, key: string) => Promise<Refusal>;
};

/** A form in steps: one thing at a time, back without loss, kept while it is written, sent once. */
export function Wizard<Values>({ label, steps, draft, finishWord, onFinish }: Props<Values>) {
  const { t } = useTranslation();
  const [sentence, setSentence] = useState<string | null>(null);
  const [isWaiting, setWaiting] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const needed = neededSteps(steps, draft.values);
  const at = standingAt(needed, draft.values, draft.step);
  const step = needed[at]!;
  const isLast = at === needed.length - 1;

  const shown = useRef(step.name);
  useEffect(() => {
    // Another step is another page to who cannot see it: its heading is read, and Tab goes on from there.
    if (shown.current !== step.name) heading.current?.focus();
    shown.current = step.name;
  }, [step.name]);

  const go = (to: number) => {
    setSentence(null);
    draft.goTo(needed[to]!.name);
  };
  const send = async () => {
    setSentence(null);
    setWaiting(true);
    draft.markSent();
    try {
      const refusal = await onFinish(draft.values, draft.key);
      if (refusal === null) return draft.discard();
      draft.reopen();
      setSentence(refusal);
    } catch (error) {
      setSentence(failureSentence(error));
    } finally {
      setWaiting(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWaiting) return;
    const hindrance = draft.isSent ? null : (step.hindrance?.(draft.values) ?? null);
    if (hindrance !== null) {
      setSentence(hindrance);
      const field = (which: string) => form.current?.querySelector<HTMLElement>(which);
      (field('[aria-invalid="true"]') ?? field('input, textarea, select'))?.focus();
    } else if (isLast) void send();
    else go(at + 1);
  };
  const nextWord = draft.isSent && !isWaiting ? t('wizard.sendAgain') : isLast ? finishWord : t('wizard.next');
  return (
    <form ref={form} className="wizard" aria-label={label} aria-busy={isWaiting} onSubmit={submit} noValidate>
      <WizardTrail titles={needed.map(({ title }) => title)} at={at} onGo={draft.isSent ? null : go} />
      <WizardNotice draft={draft} isWaiting={isWaiting} />
      <h2 ref={heading} tabIndex={-1}>
        {step.title}
      </h2>
      <fieldset className="wizard-fields" disabled={draft.isSent || isWaiting}>
        {step.fields(draft.values, draft.change)}
      </fieldset>
      {sentence && <FormAlert>{sentence}</FormAlert>}
      <p className="wizard-ways">
        {at > 0 && (
          <button
            type="button"
            className="small-button"
            disabled={draft.isSent || isWaiting}
            onClick={() => go(at - 1)}
          >
            {t('wizard.back')}
          </button>
        )}
        <button type="submit" className="main-button" aria-disabled={isWaiting}>
          {isWaiting ? t('wizard.sending') : nextWord}
        </button>
      </p>
    </form>
  );
}

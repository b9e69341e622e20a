import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { NightRunCard_nightRun$key } from '@/__generated__/NightRunCard_nightRun.graphql';
import { formatCount, formatInstant, formatSeconds } from '@/shared/format';
import { useStatement } from '@/shared/statements/useStatement';
import { useCodeWord } from '@/shared/words';
import { StepProgress } from './StepProgress';
import { StepState } from './StepState';
import './nights.css';

type Props = { nightRun: NightRunCard_nightRun$key };

const TAGS: Record<string, string> = { DONE: 'tag tag-done', FAILED: 'tag tag-overdue', RUNNING: 'tag tag-accent' };

/** One night: each step with its rows, seconds, progress and what people should know. */
export function NightRunCard({ nightRun }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const say = useStatement();
  const run = useFragment(
    graphql`
      fragment NightRunCard_nightRun on NightRun {
        dataDate
        state
        failure {
          ...useStatement_said
        }
        startedAt
        endedAt
        steps {
          name
          state
          rows
          seconds
          progress
          message {
            ...useStatement_said
          }
        }
      }
    `,
    nightRun,
  );
  const done = run.steps.filter(({ state }) => state === 'DONE').length;
  const seconds = run.endedAt ? (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000 : null;
  const longest = Math.max(1, ...run.steps.map((step) => step.seconds ?? 0));
  return (
    <article className="night" aria-label={t('nights.of', { day: run.dataDate })}>
      <header className="night-head">
        <h2 className="number">{run.dataDate}</h2>
        <span className={TAGS[run.state] ?? 'tag'}>{word('nightState', run.state)}</span>
        <span className="faint">
          {t('nights.started', { at: formatInstant(run.startedAt) })}
          {seconds !== null && ` · ${t('nights.took', { seconds: formatSeconds(seconds) })}`}
          {` · ${t('nights.stepsDone', { done, count: run.steps.length })}`}
        </span>
      </header>
      {run.failure && (
        <p role="alert" className="alert-line">
          {say(run.failure)}
        </p>
      )}
      <table className="steps">
        <thead>
          <tr>
            <th scope="col">{t('nights.step')}</th>
            <th scope="col">{t('nights.state')}</th>
            <th scope="col" className="right">
              {t('nights.rows')}
            </th>
            <th scope="col" className="right">
              {t('nights.seconds')}
            </th>
            <th scope="col">{t('nights.progress')}</th>
            <th scope="col">{t('nights.message')}</th>
          </tr>
        </thead>
        <tbody>
          {run.steps.map((step) => (
            <tr key={step.name} className={`step-${step.state.toLowerCase()}`}>
              <th scope="row">{word('step', step.name)}</th>
              <td>
                <StepState state={step.state} />
              </td>
              <td className="right number">{step.rows == null ? '–' : formatCount(step.rows)}</td>
              <td className="right number">{step.seconds == null ? '–' : formatSeconds(step.seconds)}</td>
              <td>
                <StepProgress state={step.state} progress={step.progress} share={(step.seconds ?? 0) / longest} />
              </td>
              <td className="message">{step.message && say(step.message)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}

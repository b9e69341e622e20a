import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { StepList_steps$data, StepList_steps$key } from '@/__generated__/StepList_steps.graphql';
import { useCodeWord } from '@/shared/words';
import './opening.css';

type Step = StepList_steps$data[number];
type Props = { steps: StepList_steps$key; open: string | null };

const TAGS: Partial<Record<Step['state'], string>> = {
  WAITING: 'tag',
  OPEN: 'tag tag-accent',
  BEGUN: 'tag tag-waiting',
  DONE: 'tag tag-done',
};

/** All steps in their order, each with where it stands; one is open beside them. */
export function StepList({ steps, open }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const rows = useFragment(
    graphql`
      fragment StepList_steps on OpeningStep @relay(plural: true) {
        name
        state
        told {
          message
        }
      }
    `,
    steps,
  );
  return (
    <nav className="opening-steps" aria-label={t('opening.steps')}>
      <ol>
        {rows.map(({ name, state, told }, at) => (
          <li key={name}>
            <Link to={`?step=${name}`} aria-current={name === open ? 'step' : undefined}>
              <span className="opening-number">{state === 'DONE' ? '✓' : at + 1}</span>
              <span className="opening-name">
                {word('openingStep', name)}
                <span className="faint">{told[0]?.message}</span>
              </span>
              <span className={TAGS[state] ?? 'tag'}>{word('openingState', state)}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

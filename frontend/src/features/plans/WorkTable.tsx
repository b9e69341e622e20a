import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format';
import type { Effect } from './effect';
import type { Model } from './model';
import { byFullTime, workOf } from './work';
import './plans.css';

type Props = { model: Model; effect: Effect };

const ratio = (value: number | null) => (value === null ? '–' : value.toFixed(2));
const rounded = (minutes: number) => formatCount(Math.round(minutes));

/** Minutes a month of the people who give or get, as full-time posts where they are none, and how even their outlet is. */
export function WorkTable({ model, effect }: Props) {
  const { t } = useTranslation();
  const outlets = workOf(model, effect);
  if (outlets.every(({ people }) => people.length === 0)) return null;
  return (
    <>
      <table className="plan-effect">
        <thead>
          <tr>
            <th scope="col">{t('plans.person')}</th>
            <th scope="col">{t('plans.minutes')}</th>
            <th scope="col">{t('plans.minutesFullTime')}</th>
          </tr>
        </thead>
        <tbody>
          {outlets.flatMap(({ code, people }) =>
            people.map(({ person, before, after }) => (
              <tr key={`${code} ${person.number}`}>
                <th scope="row">
                  {person.name}
                  {person.fullTimePercent < 100 && (
                    <span className="faint"> {t('plans.partTime', { percent: person.fullTimePercent })}</span>
                  )}
                </th>
                <td className="number">
                  {rounded(before)} → {rounded(after)}
                </td>
                <td className="number">
                  {rounded(byFullTime(before, person))} → {rounded(byFullTime(after, person))}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
      <ul className="plan-signs">
        {outlets.map(({ code, outlet, before, after }) => (
          <li key={code}>{t('plans.evenness', { outlet, before: ratio(before), after: ratio(after) })}</li>
        ))}
      </ul>
    </>
  );
}

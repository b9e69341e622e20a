import { useTranslation } from 'react-i18next';
import type { Difference } from './differences';
import { useShown } from './useShown';
import type { Compared } from './compared';
import './twoDays.css';

type Props = Compared & { pointed: Difference | null };

/** What changed in the grid under the pointer: both values and the difference. */
export function DifferenceLine({ pointed, measure, then, now }: Props) {
  const { t } = useTranslation();
  const { value, change, ofChange } = useShown(measure);
  if (!pointed) return <p className="difference-line faint">{t('twoDays.point')}</p>;
  return (
    <p className="difference-line">
      <strong>{pointed.name}</strong>{' '}
      <span>
        {then.day} <b className="number">{value(pointed.then)}</b>
      </span>
      <span aria-hidden="true">→</span>
      <span>
        {now.day} <b className="number">{value(pointed.now)}</b>
      </span>
      <span className="number difference-change">
        {change(pointed.change)}
        {pointed.change ? ` ${ofChange}` : ''}
      </span>
      {pointed.isCutOtherwise && <span className="difference-cut">{t('twoDays.otherCut')}</span>}
    </p>
  );
}

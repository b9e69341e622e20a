import { useTranslation } from 'react-i18next';
import type { Classing } from '@/shared/classes';
import { formatWan } from '@/shared/format';
import type { Ground } from '@/shared/map/ground';
import { useCodeWord } from '@/shared/words';
import { GroundLegend } from './GroundLegend';
import type { Measure } from './measures';
import { VisitLegend } from './VisitLegend';
import './grids.css';

const CLASSINGS: readonly Classing[] = ['quantile', 'fixed'];

type Props = {
  measure: Pick<Measure, 'unit' | 'show'> & { code: Measure['code'] | 'matching' };
  classing: Classing;
  onClassing?: (classing: Classing) => void;
  breaks: readonly number[];
  colours: readonly string[];
  /** The first class is of grids that lack the figure. */
  isLacking: boolean;
  /** 盲区: doors and cells are shown by visits; the colours of the doors' classes. */
  visits: { classes: readonly string[] } | null;
  dataDate: string | null;
  ground?: Ground;
  showsCustomers: boolean;
  /** The list's customers one by one. */
  showsDots: boolean;
};

/** What the colours mean: the measure, its unit, the date of the data and the classes. */
export function MapLegend(props: Props) {
  const { measure, classing, onClassing, breaks, colours, isLacking } = props;
  const { visits, dataDate, ground, showsCustomers, showsDots } = props;
  const { t } = useTranslation();
  const word = useCodeWord();
  const show = (value: number) =>
    measure.unit === 'wan' ? formatWan(value).replace(/\.00$/, '') : measure.show(value);
  const label = (step: number) => {
    const [from, to] = [breaks[step - 1], breaks[step]];
    if (isLacking && step === 0) return t('map.nobodyVisited');
    if (from === undefined && to === undefined) return t('map.everything');
    if (from === undefined) return t('map.below', { value: show(to!) });
    if (to === undefined) return t('map.atLeast', { value: show(from) });
    return `${show(from)} – ${show(to)}`;
  };
  return (
    <section className="legend" aria-label={t('map.legend')}>
      <h2>
        {measure.code === 'matching' ? t('map.matching') : t(`measure.${measure.code}`)}{' '}
        <span className="unit">{word('unit', measure.unit)}</span>
      </h2>
      <p className="faint">{dataDate ? t('data.of', { day: dataDate }) : t('data.none')}</p>
      <ol>
        {colours.map((colour, step) => (
          <li key={colour}>
            <span className="swatch" style={{ background: colour }} aria-hidden="true" />
            <span className="number">{label(step)}</span>
          </li>
        ))}
      </ol>
      {onClassing && (
        <p className="legend-classes">
          {t('map.classing')}
          {CLASSINGS.map((one) => (
            <button
              key={one}
              type="button"
              className="link"
              aria-pressed={one === classing}
              onClick={() => onClassing(one)}
            >
              {t(`classing.${one}`)}
            </button>
          ))}
        </p>
      )}
      <ul>
        <li>
          <span className="mark-outlet" aria-hidden="true" />
          {t('map.outlet')}
        </li>
        {showsDots && (
          <li>
            <span className="dot dot-matching" aria-hidden="true" />
            {t('map.generalCustomer')}
          </li>
        )}
        {showsDots && (
          <li>
            <span className="dot dot-key" aria-hidden="true" />
            {t('map.keyCustomer')}
          </li>
        )}
      </ul>
      {ground && ground.length > 0 && <GroundLegend ground={ground} />}
      {visits && <VisitLegend colours={visits.classes} dataDate={dataDate} />}
      {showsCustomers && !visits && (
        <ul>
          <li>
            <span className="swatch swatch-cell" aria-hidden="true" />
            {t('map.cells')}
          </li>
          <li>
            <span className="dot dot-key" aria-hidden="true" />
            {t('map.keyCustomer')}
          </li>
          <li>
            <span className="dot" aria-hidden="true" />
            {t('map.generalCustomer')}
          </li>
          <li>
            <span className="dot dot-risk" aria-hidden="true" />
            {t('map.highBand')}
          </li>
        </ul>
      )}
    </section>
  );
}

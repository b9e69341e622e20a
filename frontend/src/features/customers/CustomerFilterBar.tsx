import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerFilterBar_places$key } from '@/__generated__/CustomerFilterBar_places.graphql';
import { ChoiceFilter, FlagFilter } from '@/shared/patterns/ChoiceFilter';
import { FilterBar } from '@/shared/patterns/FilterBar';
import { ManyFilter } from '@/shared/patterns/ManyFilter';
import { RangeFilter } from '@/shared/patterns/RangeFilter';
import { TextFilter } from '@/shared/patterns/TextFilter';
import { useCodeWord } from '@/shared/words';
import { type CustomerAsk, isUnfiltered, KINDS, NOTHING_ASKED, STATUSES, TIERS, withChange } from './filter';
import { GridFilter } from './GridFilter';
import { IndustryFilter } from './IndustryFilter';
import { useAskedByAddress } from './useAskedByAddress';

type Props = { ask: CustomerAsk; places: CustomerFilterBar_places$key; onChange: (ask: CustomerAsk) => void };

export function CustomerFilterBar({ ask, places: placesKey, onChange }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { grids, lists, organisation } = useFragment(
    graphql`
      fragment CustomerFilterBar_places on Query {
        grids(level: SMALL) {
          id
          code
          name
        }
        lists: grids(level: LIST) {
          id
          code
          name
        }
        organisation {
          id
          name
          kind
        }
      }
    `,
    placesKey,
  );
  const change = (part: Partial<CustomerAsk>) => onChange(withChange(ask, part));
  const asked = useAskedByAddress(ask, change);
  const outlets = organisation.filter(({ kind }) => kind === 'OUTLET');
  const clear = () => onChange({ ...NOTHING_ASKED, sort: ask.sort, isDescending: ask.isDescending });
  return (
    <FilterBar label={t('customers.filters')} asked={asked} onClear={isUnfiltered(ask) ? null : clear}>
      <TextFilter
        label={t('customers.text')}
        hint={t('customers.textHint')}
        value={ask.text}
        onChange={(text) => change({ text })}
      />
      <ManyFilter
        label={t('customers.kind')}
        value={ask.kinds}
        options={KINDS.map((kind) => ({ value: kind, label: word('kind', kind) }))}
        onChange={(kinds) => change({ kinds })}
      />
      <IndustryFilter value={ask.industries} onChange={(industries) => change({ industries })} />
      <ManyFilter
        label={t('customers.status')}
        hint={t('customers.anyStatus')}
        shown={2}
        value={ask.statuses}
        options={STATUSES.map((status) => ({ value: status, label: word('status', status) }))}
        onChange={(statuses) => change({ statuses })}
      />
      <ChoiceFilter
        label={t('customers.tier')}
        value={ask.tier}
        options={TIERS.map((tier) => ({ value: tier, label: word('tier', tier) }))}
        onChange={(tier) => change({ tier })}
      />
      <GridFilter grids={grids} lists={lists} value={ask.gridIds} onChange={(gridIds) => change({ gridIds })} />
      {outlets.length > 1 && (
        <ManyFilter
          label={t('customers.outlet')}
          value={ask.orgUnitIds}
          options={outlets.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(orgUnitIds) => change({ orgUnitIds })}
        />
      )}
      <FlagFilter
        label={t('customers.loan')}
        yes={t('customers.withLoan')}
        no={t('customers.withoutLoan')}
        value={ask.hasLoan}
        onChange={(hasLoan) => change({ hasLoan })}
      />
      <FlagFilter
        label={t('customers.place')}
        yes={t('customers.located')}
        no={t('customers.unlocated')}
        value={ask.isLocated}
        onChange={(isLocated) => change({ isLocated })}
      />
      <FlagFilter
        label={t('customers.due')}
        yes={t('customers.isDue')}
        no={t('customers.isNotDue')}
        value={ask.isDue}
        onChange={(isDue) => change({ isDue })}
      />
      <RangeFilter
        label={t('customers.depositRange')}
        unit={t('unit.wan')}
        from={ask.depositFromWan}
        to={ask.depositToWan}
        onChange={(depositFromWan, depositToWan) => change({ depositFromWan, depositToWan })}
      />
      <RangeFilter
        label={t('customers.scoreRange')}
        unit={t('unit.percent')}
        max={100}
        from={ask.scoreFrom}
        to={ask.scoreTo}
        onChange={(scoreFrom, scoreTo) => change({ scoreFrom, scoreTo })}
      />
    </FilterBar>
  );
}

import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CustomerTable_customers$data } from '@/__generated__/CustomerTable_customers.graphql';
import { Money } from '@/shared/Money';
import { useCodeWord } from '@/shared/words';
import type { SortField } from './filter';
import { ScoreMark } from './ScoreMark';
import { TierTag } from './TierTag';
import { useIndustryWord } from '@/shared/industries/useIndustryWord';

export type CustomerRow = CustomerTable_customers$data[number];
type Asked = { sort: SortField | null; isDescending: boolean; onOpen: (id: string) => void };

/** The columns of the list; those that the server sorts by carry its name for the order as their key. */
export function useCustomerColumns({ sort, isDescending, onOpen }: Asked): TableColumnsType<CustomerRow> {
  const { t } = useTranslation();
  const word = useCodeWord();
  const industryOf = useIndustryWord();
  const sortable = (field: SortField) => ({
    key: field,
    sorter: true,
    sortOrder: sort === field ? (isDescending ? ('descend' as const) : ('ascend' as const)) : null,
  });
  return [
    {
      ...sortable('NAME'),
      title: t('customers.name'),
      width: 136,
      ellipsis: true,
      render: (_, { id, name }) => (
        <button type="button" className="link strong cut" title={name} onClick={() => onOpen(id)}>
          {name}
        </button>
      ),
    },
    {
      key: 'kind',
      title: t('customers.kind'),
      width: 136,
      render: (_, { kind, tier }) => (
        <>
          {word('kind', kind)} <TierTag tier={tier} />
        </>
      ),
    },
    {
      key: 'industry',
      title: t('customers.industry'),
      width: 104,
      ellipsis: true,
      render: (_, { industry }) => (industry ? <span title={industryOf(industry)}>{industryOf(industry)}</span> : '–'),
    },
    {
      key: 'phone',
      title: t('customers.phone'),
      width: 120,
      render: (_, { phone }) => <span className="number">{phone ?? '–'}</span>,
    },
    {
      key: 'grid',
      title: t('customers.grid'),
      width: 128,
      ellipsis: true,
      render: (_, { grid }) => grid?.name ?? <span className="faint">{t('customers.noGrid')}</span>,
    },
    {
      key: 'owner',
      title: t('customers.owner'),
      width: 80,
      ellipsis: true,
      render: (_, { owner }) => owner?.name ?? <span className="faint">{t('customers.noOwner')}</span>,
    },
    {
      ...sortable('DEPOSIT'),
      title: t('customers.depositWan'),
      width: 128,
      align: 'right',
      render: (_, { depositFen }) => <Money fen={depositFen} />,
    },
    {
      ...sortable('LOAN'),
      title: t('customers.loanWan'),
      width: 128,
      align: 'right',
      render: (_, { loanFen }) => <Money fen={loanFen} />,
    },
    {
      ...sortable('ATTRITION_SCORE'),
      title: t('customers.score'),
      width: 120,
      align: 'right',
      render: (_, { attritionScore, attritionBand }) => <ScoreMark score={attritionScore} band={attritionBand} />,
    },
    {
      ...sortable('LAST_VISIT'),
      title: t('customers.lastVisit'),
      width: 112,
      align: 'right',
      render: (_, { lastVisitOn }) => (
        <span className="number">{lastVisitOn ?? <span className="faint">{t('customers.neverVisited')}</span>}</span>
      ),
    },
  ];
}

import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { LoanTerms_loan$key } from '@/__generated__/LoanTerms_loan.graphql';
import { formatWan } from '@/shared/format';
import { useCodeWord } from '@/shared/words';
import { useIndustryWord } from '@/shared/industries/useIndustryWord';
import './customers.css';

type Props = { loan: LoanTerms_loan$key };

/** Under what terms a loan was lent, and as what the bank reports it; nothing where the loan system says nothing. */
export function LoanTerms({ loan }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const industryOf = useIndustryWord();
  const data = useFragment(
    graphql`
      fragment LoanTerms_loan on Loan {
        isBusiness
        industry
        guarantee
        fiveClass
        farmUse
        policy
        wasFarmer
        reportedFarm
        reportedInclusiveFarm
        reportedInclusiveSmall
        guarantees {
          kind
          amountFen
          guarantor
          collateral
          valueFen
          valuedOn
        }
      }
    `,
    loan,
  );
  const terms = [
    t(data.isBusiness ? 'holdings.business' : 'holdings.consumption'),
    data.industry && industryOf(data.industry),
    data.guarantee && word('guarantee', data.guarantee),
    data.fiveClass && word('fiveClass', data.fiveClass),
    data.farmUse && word('farmUse', data.farmUse),
    data.policy && word('loanPolicy', data.policy),
    data.wasFarmer && t('holdings.farmer'),
  ].filter(Boolean);
  const reported = [
    data.reportedFarm && t('holdings.reportedFarm'),
    data.reportedInclusiveFarm && t('holdings.reportedInclusiveFarm'),
    data.reportedInclusiveSmall && t('holdings.reportedInclusiveSmall'),
  ].filter(Boolean);
  const wan = (fen: number) => `${formatWan(fen)} ${t('unit.wan')}`;
  const securities = data.guarantees.map(({ kind, amountFen, guarantor, collateral, valueFen, valuedOn }) => {
    const what = guarantor ?? collateral ?? t('unit.unknown');
    const by = t('worth.securedBy', { kind: word('guaranteeKind', kind), what, amount: wan(amountFen) });
    return valueFen != null && valuedOn != null
      ? by + t('unit.listSeparator') + t('worth.securedValue', { amount: wan(valueFen), day: valuedOn })
      : by;
  });
  return (
    <span className="loan-terms faint">
      {terms.join(' · ')}
      {securities.map((said) => ` · ${said}`)}
      {reported.length > 0 && ` · ${t('holdings.reportedAs', { what: reported.join(t('unit.listSeparator')) })}`}
    </span>
  );
}

import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { InsideStatistics_statistics$key } from '@/__generated__/InsideStatistics_statistics.graphql';
import { useCodeWord } from '@/shared/words';
import { type Answers, PRODUCTS, type Question, searchOf } from './answers';
import { type Bar, Bars } from './Bars';
import { useAnswerWord } from './useAnswerWord';
import './inside.css';

type Props = {
  statistics: InsideStatistics_statistics$key;
  /** The address of the customers inside with something more asked; null for who may not see them. */
  list: ((extra: string) => string) | null;
};

/** 区域内统计: who is inside of a grid or an area, by kind, age, industry, turnover and product. */
export function InsideStatistics({ statistics, list }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const answerWord = useAnswerWord();
  const { customers, isGuarded, answers } = useFragment(
    graphql`
      fragment InsideStatistics_statistics on InsideStatistics {
        customers
        isGuarded
        answers {
          question
          withheld
          cells {
            answer
            customers
          }
        }
      }
    `,
    statistics,
  );
  const to = (question: Question, answer: string) => {
    const extra = searchOf(question, answer);
    return list && extra !== null ? list(extra) : null;
  };
  const barOf = (question: Question, { answer, customers: count }: Answers['cells'][number]): Bar => ({
    name: answer,
    words: answerWord(question, answer),
    customers: count,
    to: to(question, answer),
  });
  const isProduct = ({ question }: Answers) => PRODUCTS.includes(question as Question);
  const held = answers.filter(isProduct);
  const products = held.flatMap(({ question, cells }) =>
    cells
      .filter(({ answer }) => answer === 'YES')
      .map((cell) => ({
        ...barOf(question as Question, cell),
        name: question,
        words: word('insideQuestion', question),
      })),
  );
  return (
    <section className="inside" aria-label={t('inside.title')}>
      <h2>{t('inside.title')}</h2>
      {customers === 0 && <p className="faint">{t('inside.nobody')}</p>}
      {answers
        .filter((one) => !isProduct(one) && (one.cells.length > 0 || one.withheld > 0))
        .map(({ question, cells, withheld }) => (
          <Bars
            key={question}
            title={word('insideQuestion', question)}
            bars={cells.map((cell) => barOf(question as Question, cell))}
            {...{ withheld, whole: customers }}
          />
        ))}
      {products.length > 0 && <Bars title={t('inside.products')} bars={products} withheld={0} whole={customers} />}
      {isGuarded && <p className="faint">{t('inside.guarded')}</p>}
    </section>
  );
}

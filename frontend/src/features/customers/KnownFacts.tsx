import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { KnownFacts_customer$data, KnownFacts_customer$key } from '@/__generated__/KnownFacts_customer.graphql';
import { zhCN } from '@/shared/facts/zh-CN';
import { alsoSaid } from '@/shared/i18n/start';
import { Money } from '@/shared/Money';
import { Section } from '@/shared/Section';
import { useCodeWord } from '@/shared/words';
import './customers.css';

// There are many words of facts, loans and securities, and the phone says none of them before a customer is opened.
alsoSaid(zhCN);

type Props = { customer: KnownFacts_customer$key };
type Fact = KnownFacts_customer$data['knownFacts'][number];

/** What other systems and offices tell, each with who tells it and of which day; nothing where nobody tells anything. */
export function KnownFacts({ customer }: Props) {
  const { t, i18n } = useTranslation();
  const word = useCodeWord();
  const { knownFacts } = useFragment(
    graphql`
      fragment KnownFacts_customer on Customer {
        knownFacts {
          name
          feed
          fen
          number
          text
          day
          asOf
        }
      }
    `,
    customer,
  );
  if (knownFacts.length === 0) return null;
  const valueOf = ({ name, fen, number, text, day }: Fact) => {
    if (fen != null) return <Money fen={fen} hasUnit />;
    if (number != null) return <span className="number">{number.toLocaleString(i18n.language)}</span>;
    if (day != null) return <span className="number">{day}</span>;
    const coded = `${name}_${text}`;
    const said = word('factValue', coded);
    return said === coded ? text : said;
  };
  return (
    <Section title={t('knownFacts.title')}>
      <dl className="facts">
        {knownFacts.map((fact) => (
          <div key={fact.feed + fact.name}>
            <dt>{word('fact', fact.name)}</dt>
            <dd>
              {valueOf(fact)}
              <span className="faint"> {t('knownFacts.told', { feed: word('feed', fact.feed), day: fact.asOf })}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

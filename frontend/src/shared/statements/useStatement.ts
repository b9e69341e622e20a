import { useTranslation } from 'react-i18next';
import { graphql, readInlineData } from 'react-relay';
import type { useStatement_said$key } from '@/__generated__/useStatement_said.graphql';
import { word } from './wording';

/** What the server says, in the reader's language. Spread `...useStatement_said` where a statement is read. */
export function useStatement(): (said: useStatement_said$key) => string {
  const { i18n } = useTranslation();
  return (said) => word(read(said), i18n.language === 'en' ? 'en' : 'zh-CN');
}

function read(said: useStatement_said$key) {
  return readInlineData(
    graphql`
      fragment useStatement_said on Statement @inline {
        code
        values {
          name
          text
          number
          fen
          date
        }
      }
    `,
    said,
  );
}

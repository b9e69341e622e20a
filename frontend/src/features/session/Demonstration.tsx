import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Says at the door that all data are fictional, where this installation says so of itself; of no other one. */
export function Demonstration() {
  const { t } = useTranslation();
  const [isOne, setOne] = useState(false);
  useEffect(() => {
    const abort = new AbortController();
    fetch('/about.json', { signal: abort.signal })
      .then((answer) => answer.json())
      .then(({ mode }: { mode?: string }) => setOne(mode === 'demonstration'))
      // Nothing is claimed of an installation that says nothing.
      .catch(() => undefined);
    return () => abort.abort();
  }, []);
  return <span>{isOne && t('product.demonstration')}</span>;
}

import '@/shared/olderBrowsers';
import { unstableSetRender } from 'antd-mobile';
import { StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { PHONE_CATALOGUES } from '@/cataloguesOfPhone';
import { canStart } from '@/shared/canStart';
import { startWords } from '@/shared/i18n/start';
import { sweepDrafts } from '@/shared/patterns/draftStore';
import { applyTokens } from '@/shared/tokens';
import '@/shared/shared.css';
import './phone.css';
import { PhoneApp } from './PhoneApp';

type Holder = Element & { yungeRoot?: Root };

// antd-mobile 5 renders toasts and dialogs through an API that React 19 took away; this gives it the new one.
unstableSetRender((node, container) => {
  const holder = container as Holder;
  holder.yungeRoot ??= createRoot(holder);
  holder.yungeRoot.render(node);
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    holder.yungeRoot?.unmount();
  };
});

sweepDrafts();
applyTokens(document.documentElement, 'phone');
if (canStart()) {
  void startWords(PHONE_CATALOGUES).then(() =>
    createRoot(document.getElementById('root')!).render(
      <StrictMode>
        <BrowserRouter basename="/h5">
          <PhoneApp />
        </BrowserRouter>
      </StrictMode>,
    ),
  );
}

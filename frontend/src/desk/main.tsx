import '@/shared/olderBrowsers';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { CATALOGUES } from '@/catalogues';
import { canStart } from '@/shared/canStart';
import { startWords } from '@/shared/i18n/start';
import { sweepDrafts } from '@/shared/patterns/draftStore';
import { STATEMENTS_OF_FILES } from '@/shared/statements/ofFiles';
import { learnChinese } from '@/shared/statements/wording';
import { applyTokens } from '@/shared/tokens';
import '@/shared/shared.css';
import './desk.css';
import { DeskApp } from './DeskApp';

sweepDrafts();
learnChinese(STATEMENTS_OF_FILES);
applyTokens(document.documentElement, 'desk');
if (canStart()) {
  void startWords(CATALOGUES).then(() =>
    createRoot(document.getElementById('root')!).render(
      <StrictMode>
        <BrowserRouter>
          <DeskApp />
        </BrowserRouter>
      </StrictMode>,
    ),
  );
}

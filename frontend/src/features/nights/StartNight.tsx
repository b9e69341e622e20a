import { App, Button, DatePicker, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useMutation } from 'react-relay';
import type { StartNightMutation } from '@/__generated__/StartNightMutation.graphql';
import { failureSentence, refusalSentence } from '@/shared/failure';
import { newUuid } from '@/shared/uuid';

type Props = { isRunning: boolean; onStarted: () => void };

/** Starts a night: for yesterday, or for a day whose files came late. */
export function StartNight({ isRunning, onStarted }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [day, setDay] = useState<string | null>(null);
  const [commit, isWaiting] = useMutation<StartNightMutation>(graphql`
    mutation StartNightMutation($input: StartNightInput!) {
      startNight(input: $input) {
        __typename
        ... on StartNightSuccess {
          nightRun {
            id
            ...NightRunCard_nightRun
          }
        }
        ... on NightNotStarted {
          code
          message
        }
      }
    }
  `);
  const start = () =>
    commit({
      variables: { input: { idempotencyKey: newUuid(), dataDate: day } },
      onCompleted: ({ startNight: result }) => {
        if (result.__typename === 'StartNightSuccess') {
          void message.success(t('nights.begun'));
          onStarted();
        } else if (result.__typename === 'NightNotStarted') {
          void message.error(refusalSentence(result.code, result.message), 8);
        }
      },
      onError: (error) => void message.error(failureSentence(error), 8),
    });
  return (
    <Space>
      <DatePicker
        aria-label={t('data.date')}
        placeholder={t('nights.yesterday')}
        onChange={(_, text) => setDay(typeof text === 'string' && text !== '' ? text : null)}
      />
      <Button type="primary" loading={isWaiting} disabled={isRunning} onClick={start}>
        {isRunning ? t('nights.isRunning') : t('nights.start')}
      </Button>
    </Space>
  );
}

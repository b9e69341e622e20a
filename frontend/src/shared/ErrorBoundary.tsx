import { Component, type ReactNode } from 'react';

type Props = {
  /** A change of this key is a new try: another page, another filter. */
  resetKey?: string;
  fallback: (error: unknown, retry: () => void) => ReactNode;
  children: ReactNode;
};
type State = { error: unknown; hasFailed: boolean; resetKey: string | undefined };

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, hasFailed: false, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error, hasFailed: true };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    if (props.resetKey === state.resetKey) return null;
    return { error: null, hasFailed: false, resetKey: props.resetKey };
  }

  private readonly retry = () => this.setState({ error: null, hasFailed: false });

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback(this.state.error, this.retry) : this.props.children;
  }
}

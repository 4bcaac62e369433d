/** Port: sends one signed delivery to an address that somebody gave. */
export interface WebhookSender {
  /** Why the address cannot be sent to, whatever it answers; null = it could be. Says what to do. */
  objection(url: string): string | null;

  /** Never rejects: what happened is answered. Redirects are not followed, and what is answered is not read. */
  post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<SendOutcome>;
}

export type SendOutcome =
  /** Any status. */
  | { readonly kind: 'answered'; readonly status: number }
  /** `forbidden-address`: the name leads to an address that must not be reached from here. */
  | {
      readonly kind: 'failed';
      readonly code: 'forbidden-address' | 'unreachable' | 'timeout' | 'certificate';
    };

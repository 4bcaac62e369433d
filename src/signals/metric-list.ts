export interface MetricDefinition {
  readonly kind: 'gauge' | 'counter' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds in seconds; histograms only. */
  readonly buckets?: readonly number[];
}

const gauge = (help: string, ...labels: readonly string[]): MetricDefinition => ({
  kind: 'gauge',
  help,
  labels,
});
const counter = (help: string, ...labels: readonly string[]): MetricDefinition => ({
  kind: 'counter',
  help,
  labels,
});
const histogram = (help: string, buckets: readonly number[], ...labels: readonly string[]) =>
  ({ kind: 'histogram', help, labels, buckets }) as const satisfies MetricDefinition;

/**
 * Every metric of the bridge's own. A label takes its values from the settings (links, files), from the code (outcomes, routes) or from a closed list:
 * never from a document, a request or a person.
 */
export const METRICS = {
  bridge_build_info: gauge('Always 1; what runs', 'version', 'node'),
  bridge_link_info: gauge('Always 1; mode of the link', 'link', 'mode'),
  bridge_link_health: gauge('1 for the health that the link is in, 0 for the others', 'link', 'health'),
  bridge_link_paused: gauge('1 while a person has stopped the direction', 'link', 'direction'),
  bridge_link_braked: gauge('1 while the lane waits for a release', 'link', 'lane'),
  bridge_link_failures: gauge('Failures of the server in a row', 'link'),
  bridge_link_lag_seconds: gauge(
    'Seconds since the last pass of the direction that ended well; what changed before it has been seen',
    'link',
    'direction',
  ),
  bridge_link_swept_seconds: gauge('Seconds since the last complete sweep', 'link'),
  bridge_link_pending: gauge('Documents with a change that is not brought over yet', 'link', 'direction'),
  bridge_link_blocked: gauge('Pending documents that are held back, by reason', 'link', 'reason'),
  bridge_link_documents: gauge('Documents by state', 'link', 'state'),
  bridge_link_conflicts: gauge('Conflicts that wait for a person', 'link'),
  bridge_link_quarantined: gauge('Documents set aside', 'link'),
  bridge_link_open_intents: gauge('Writes whose outcome is not known yet', 'link'),
  bridge_state_age_seconds: gauge('Age of the bridge_link_ values: they are read at most every 5 s'),
  bridge_passes_total: counter('Passes that ended', 'link', 'pass', 'outcome'),
  bridge_pass_duration_seconds: histogram('How long passes took', [0.05, 0.2, 1, 5, 20, 60, 120], 'pass'),
  bridge_effects_total: counter('Documents brought over', 'link', 'direction'),
  bridge_decisions_total: counter('Other outcomes of documents', 'link', 'decision'),
  bridge_domino_calls_total: counter('Calls of Domino', 'link', 'call', 'outcome'),
  bridge_domino_seconds_total: counter('Seconds spent in calls of Domino', 'link'),
  bridge_domino_call_duration_seconds: histogram(
    'How long calls of Domino took',
    [0.01, 0.05, 0.2, 1, 5, 20],
    'call',
  ),
  bridge_domino_notes_total: counter('Notes that Domino answered', 'link'),
  bridge_domino_bytes_total: counter('Bytes of rich text and attachments read from Domino', 'link'),
  bridge_http_requests_total: counter('Answered requests', 'method', 'route', 'status'),
  bridge_http_request_duration_seconds: histogram('How long requests took', [0.01, 0.05, 0.2, 1, 5], 'route'),
  bridge_queue_jobs: gauge('Jobs in the queue', 'state'),
  bridge_store_up: gauge('1 while the store answers', 'store'),
  bridge_sql_connections: gauge('Connections of this process', 'store', 'state'),
  bridge_disk_free_bytes: gauge('Free on the disk of the data directory'),
  bridge_disk_size_bytes: gauge('Size of the disk of the data directory'),
  bridge_certificate_expiry_timestamp_seconds: gauge(
    'When a certificate that the settings name ends (Unix time)',
    'link',
    'certificate',
  ),
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof METRICS;

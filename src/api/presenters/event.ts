import type { StoredEvent } from '../../services/events/list-events';
import type { WireEvent } from '../schemas/event';

export function presentEvent(event: StoredEvent): WireEvent {
  return {
    cluster_id: event.clusterId,
    severity: event.severity,
    event_time: event.at.toISOString(),
    message: event.message,
    ...(event.hostId !== null && { host_id: event.hostId }),
    ...(event.props !== null && { props: JSON.stringify(event.props) }),
  };
}

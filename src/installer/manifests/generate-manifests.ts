import type { ClusterSnapshot } from '../../domain/cluster/model';
import type { ArtefactSite, Manifest } from '../artefact-generator';
import { renderChrony } from './chrony';
import { renderOperatorSubscriptions } from './operator-subscriptions';
import { renderSingleNodeDnsmasq } from './single-node-dnsmasq';
import { renderTelemeterRedirect } from './telemeter';

/** The manifests that the service adds to an installation, by what it knows of the hosts and by the user's choices. Throws ArtefactError. */
export function generateManifests(snapshot: ClusterSnapshot, site: ArtefactSite): Manifest[] {
  return [...renderChrony(snapshot), ...renderSingleNodeDnsmasq(snapshot, site), ...renderTelemeterRedirect(site), ...renderOperatorSubscriptions(snapshot)];
}

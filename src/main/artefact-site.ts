import type { Settings } from '../config/schema';
import type { ArtefactSite } from '../installer/artefact-generator';

/** What this deployment adds to every installation. */
export function artefactSite(settings: Settings): ArtefactSite {
  return {
    imageContentSources: settings.IMAGE_CONTENT_SOURCES,
    ...(settings.ADDITIONAL_TRUST_BUNDLE ? { additionalTrustBundle: settings.ADDITIONAL_TRUST_BUNDLE } : {}),
    ...(settings.SERVICE_CA_CERTIFICATE ? { serviceCaCertificate: settings.SERVICE_CA_CERTIFICATE } : {}),
    serviceIps: settings.SERVICE_IPS,
    ...(settings.TELEMETER_SERVER_URL ? { telemeterUrl: settings.TELEMETER_SERVER_URL } : {}),
    singleNodeDnsmasq: settings.ENABLE_SINGLE_NODE_DNSMASQ,
  };
}

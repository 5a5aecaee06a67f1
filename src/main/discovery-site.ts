import type { Settings } from '../config/schema';
import type { ImageMakerOptions } from '../iso/image-maker';
import { renderRegistriesConfig } from '../iso/ignition/registries-config';

/** What this deployment adds to every discovery image. */
export function discoverySite(settings: Settings): NonNullable<ImageMakerOptions['site']> {
  return {
    ...(settings.SERVICE_CA_CERTIFICATE ? { serviceCaCertificate: settings.SERVICE_CA_CERTIFICATE } : {}),
    serviceIps: settings.SERVICE_IPS,
    mirrorRegistriesConfig: renderRegistriesConfig(settings.IMAGE_CONTENT_SOURCES),
    ...(settings.ADDITIONAL_TRUST_BUNDLE ? { mirrorCaCertificate: settings.ADDITIONAL_TRUST_BUNDLE } : {}),
    ...(settings.INSTALL_RH_CA && settings.RH_ROOT_CA ? { rhRootCaCertificate: settings.RH_ROOT_CA } : {}),
  };
}

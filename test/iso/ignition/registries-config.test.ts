import { describe, expect, it } from 'vitest';
import { renderRegistriesConfig } from '../../../src/iso/ignition/registries-config';

describe('registries.conf', () => {
  it('lists the mirrors of each source, for tags too', () => {
    expect(renderRegistriesConfig([{ source: 'quay.io/ocpmetal', mirrors: ['mirror.example.com:5000/ocpmetal', 'second.example.com/ocpmetal'] }, { source: 'quay.io/openshift', mirrors: ['mirror.example.com:5000/openshift'] }])).toBe(
      `unqualified-search-registries = ["registry.access.redhat.com", "docker.io"]

[[registry]]
prefix = ""
location = "quay.io/ocpmetal"
mirror-by-digest-only = false

[[registry.mirror]]
location = "mirror.example.com:5000/ocpmetal"

[[registry.mirror]]
location = "second.example.com/ocpmetal"

[[registry]]
prefix = ""
location = "quay.io/openshift"
mirror-by-digest-only = false

[[registry.mirror]]
location = "mirror.example.com:5000/openshift"
`,
    );
  });

  it('is none without mirrors', () => {
    expect(renderRegistriesConfig([])).toBe('');
  });
});

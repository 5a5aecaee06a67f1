/** Where the staging environment finds its neighbours. */
export const staging: Record<string, string> = {
  PORT: '8090',
  SERVICE_BASE_URL: 'https://api.stage.openshift.com',
  OCM_BASE_URL: 'https://api.stage.openshift.com',
  OCM_TOKEN_URL: 'https://sso.stage.redhat.com/auth/realms/redhat-external/protocol/openid-connect/token',
  JWKS_URL: 'https://sso.stage.redhat.com/auth/realms/redhat-external/protocol/openid-connect/certs',
  JWT_ISSUER: 'https://sso.stage.redhat.com/auth/realms/redhat-external',
  OCM_SERVICE_CLIENT_ID: 'assisted-installer-stage',
  WITH_AMS_SUBSCRIPTIONS: 'true',
  ENABLE_SINGLE_NODE_DNSMASQ: 'true',
  TELEMETER_SERVER_URL: 'https://infogw.api.stage.openshift.com',
};

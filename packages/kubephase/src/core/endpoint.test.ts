import { describe, expect, it } from 'vitest';
import { controlPlaneHostPort, controlPlaneUrl, endpointPortWarning, localApiUrl, type EndpointConfig } from './endpoint.ts';

function config(controlPlaneEndpoint: string, advertiseAddress = '192.0.2.10'): EndpointConfig {
  return { localAPIEndpoint: { advertiseAddress, bindPort: 6443 }, cluster: { controlPlaneEndpoint } };
}

describe('the address of the API server on this node', () => {
  it.each([
    ['192.0.2.10', 'https://192.0.2.10:6443'],
    ['2001:db8::1', 'https://[2001:db8::1]:6443'],
  ])('%s gives %s, whatever the control-plane endpoint is', (address, url) => {
    expect(localApiUrl(config('lb.example.com:443', address))).toBe(url);
  });
});

describe('the control-plane endpoint', () => {
  it.each([
    ['', 'https://192.0.2.10:6443'],
    ['lb.example.com', 'https://lb.example.com:6443'],
    ['lb.example.com:443', 'https://lb.example.com:443'],
    ['198.51.100.1', 'https://198.51.100.1:6443'],
    ['198.51.100.1:8443', 'https://198.51.100.1:8443'],
    ['2001:DB8::1', 'https://[2001:db8::1]:6443'],
    ['[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'],
    ['[2001:db8::1]', 'https://[2001:db8::1]:6443'],
    ['010.0.0.1:6443', 'https://10.0.0.1:6443'],
  ])('"%s" gives %s', (endpoint, url) => {
    expect(controlPlaneUrl(config(endpoint))).toBe(url);
  });

  it.each(['lb.example.com:0', 'lb.example.com:70000', 'lb:port', 'lb:', ':6443', 'Lb.example.com', 'a_b', 'https://lb', '[::1', 'lb:1:2'])(
    '"%s" is refused with its value and its field',
    (endpoint) => {
      expect(() => controlPlaneHostPort(config(endpoint))).toThrowError(JSON.stringify(endpoint));
      expect(() => controlPlaneHostPort(config(endpoint))).toThrowError(
        expect.objectContaining({
          problem: expect.objectContaining({ code: 'ENDPOINT_INVALID', where: { field: 'ClusterConfiguration.controlPlaneEndpoint' } }),
        }),
      );
    },
  );

  it.each([
    ['', undefined],
    ['lb.example.com', undefined],
    ['lb.example.com:6443', undefined],
    ['lb.example.com:443', 'port 443 of controlPlaneEndpoint lb.example.com:443 is used instead of the bind port 6443'],
  ])('"%s" has the warning %s about its port', (endpoint, warning) => {
    expect(endpointPortWarning(config(endpoint))).toBe(warning);
  });
});

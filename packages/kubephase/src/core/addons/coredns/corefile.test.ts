import { describe, expect, test } from 'vitest';
import { releases } from '../../../releases/index.ts';
import { defaultCorefile } from './corefile.ts';
import { decideCoreDns } from './decision.ts';
import { isHistoricDefault } from './historic-defaults.ts';

const today = { ownDomainUncached: true };
const before132 = { ownDomainUncached: false };

/** The Corefile of a cluster whose domain is example.org, with `cache` as given. */
function corefile(cache: string): string {
  return `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes example.org in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    ${cache}
    loop
    reload
    loadbalance
}
`;
}

test('the Corefile serves the domain of the cluster', () => {
  const cache = 'cache 30 {\n       disable success example.org\n       disable denial example.org\n    }';
  expect(defaultCorefile('example.org', today)).toBe(corefile(cache));
});

test('before 1.32 the cache has no exceptions', () => {
  expect(defaultCorefile('example.org', before132)).toBe(corefile('cache 30'));
});

test('without a domain the cache has no exceptions', () => {
  expect(defaultCorefile('', today)).toContain('\n    cache 30\n    loop\n');
});

/** That of 1.37 is hearsay and not in the chain of known versions. */
const confirmed = releases.slice(0, -1).map(({ minor, coredns, traits }) => {
  const text = defaultCorefile('cluster.local', traits.coredns);
  return { minor, text, versions: coredns.map(([, version]) => version), hasExceptions: text.includes('disable') };
});

describe.each(confirmed)('the Corefile of $minor', ({ text, versions, hasExceptions }) => {
  test.runIf(hasExceptions)('meets a CoreDNS that knows the option `disable` of the cache (1.9.4)', () => {
    expect(versions.filter((version) => /^v?1\.[0-9]\./.test(version))).toEqual([]);
  });

  test('may be replaced in an upgrade unless kubeadm itself would keep it', () => {
    expect(isHistoricDefault(text)).toBe(!hasExceptions);
    const decisions = versions.map((version) => decideCoreDns({ corefile: text, version }, 'v1.14.2'));
    expect(new Set(decisions)).toEqual(new Set([hasExceptions ? 'keep-corefile' : 'replace']));
  });
});

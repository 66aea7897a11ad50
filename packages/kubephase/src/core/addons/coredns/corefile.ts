/** The configuration of CoreDNS that a new cluster starts with. */
import type { CoreDnsTraits } from '../../../releases/release.ts';

/** Returns the Corefile for the cluster's DNS domain, such as `cluster.local`. */
export function defaultCorefile(domain: string, { ownDomainUncached }: Pick<CoreDnsTraits, 'ownDomainUncached'>): string {
  return `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes ${domain} in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30${ownDomainUncached ? cacheExceptions(domain) : ''}
    loop
    reload
    loadbalance
}
`;
}

/** Answers of the cluster's own domain are not cached: the kubernetes plugin has them in memory. */
function cacheExceptions(domain: string): string {
  if (domain === '') return '';
  return ` {
       disable success ${domain}
       disable denial ${domain}
    }`;
}

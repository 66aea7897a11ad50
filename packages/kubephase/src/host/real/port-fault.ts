/** Tries whether a TCP port can be listened on. */

/** Answers of a machine on which IPv6 is switched off. */
const withoutIpv6 = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL']);

/** Listens on `port` of all addresses of both families for an instant. Returns the code of the error, or undefined. */
export async function findPortFault(port: number): Promise<string | undefined> {
  const fault = await tryToListen(port, '::');
  return fault !== undefined && withoutIpv6.has(fault) ? tryToListen(port, '0.0.0.0') : fault;
}

async function tryToListen(port: number, host: string): Promise<string | undefined> {
  const { createServer } = await import('node:net');
  return new Promise((resolve) => {
    const server = createServer((connection) => connection.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

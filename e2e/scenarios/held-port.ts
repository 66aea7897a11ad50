/** A program that has nothing to do with Kubernetes and listens on a port of a node. */
import type { Node } from '../machine/node.ts';

export interface HeldPort {
  /** Number of the process, as the node sees it. */
  readonly pid: string;
  readonly release: () => Promise<void>;
}

const program = `use IO::Socket::INET; $| = 1;
my $socket = IO::Socket::INET->new(LocalPort => $ARGV[0], Listen => 5, ReuseAddr => 1) or die "$!";
print "$$ listens\\n"; sleep 600;`;

/** The program is `perl`, which every Debian has. */
export async function holdPort(node: Node, port: number): Promise<HeldPort> {
  const running = node.spawn(['perl', '-e', program, String(port)]);
  const pid = await new Promise<string>((resolve, reject) => {
    running.onOutput((text) => {
      const found = /^(\d+) listens$/m.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    running.result.then(({ stderr }) => reject(new Error(`port ${port} cannot be taken: ${stderr}`)), reject);
  });
  const release = async (): Promise<void> => {
    await running.kill('SIGTERM');
    await running.result;
  };
  return { pid, release };
}

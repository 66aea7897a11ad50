/**
 * An extra phase for `init`: writes the configuration of a simple Pod network for one node.
 * Try it: kubephase init --dry-run --config examples/single-node.yaml --extra-phases examples/extra-phases.mjs
 *
 * The file exports plain objects. All work goes through the context of the phase, so that a dry run shows it too.
 */
const folder = '/etc/cni/net.d';

/** The first Pod network of the configuration. Empty when there is none. */
function podNetwork({ config }) {
  return config.cluster.networking.podSubnet.split(',')[0];
}

function bridge(subnet) {
  return {
    cniVersion: '1.0.0',
    name: 'bridge',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        ipMasq: true,
        ipam: { type: 'host-local', ranges: [[{ subnet }]], routes: [{ dst: '0.0.0.0/0' }] },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}

export const extraPhases = [
  {
    after: 'kubelet-start',
    phase: {
      name: 'cni',
      aliases: ['pod-network'],
      summary: 'Write the configuration of the Pod network',
      description: 'Connects the Pods of this node with a bridge. Enough for one node; a cluster needs more.',
      example: 'init phase cni --config cluster.yaml',
      check: (ctx) =>
        podNetwork(ctx) === ''
          ? [
              {
                code: 'POD_NETWORK_MISSING',
                summary: 'the Pod network needs addresses',
                remedy: 'Set networking.podSubnet in the configuration, or leave the phase cni out.',
              },
            ]
          : [],
      run: async (ctx, task) => {
        const path = `${folder}/10-bridge.conflist`;
        await ctx.host.files.write({ path, content: `${JSON.stringify(bridge(podNetwork(ctx)), undefined, 2)}\n`, mode: 0o644 });
        task.message(`Pods of this node get addresses of ${podNetwork(ctx)}`);
      },
    },
  },
];

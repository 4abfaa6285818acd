package kelisim;

import static org.codelibs.opensearch.runner.OpenSearchRunner.newConfigs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.common.settings.Settings;

/**
 * One node of a cluster on loopback, in a JVM of its own so that a test can kill it: HTTP on base+I, transport on
 * base+100+I, data under DIR/nI, snapshots of all nodes under DIR/snapshots. Start one for each I from 1 to NODES.
 *
 * <pre>java -Xms512m -Xmx512m -cp 'target/classes:target/lib/*' kelisim.Node DIR I NODES 9200 [SECURITY]</pre>
 *
 * With SECURITY, the folder of the unpacked security plugin, HTTP and transport speak TLS with the certificates in
 * DIR/certs (ca.pem, node.pem of CN=node, node-key.pem in PKCS 8), and HTTP wants a user of SECURITY/config.
 */
public final class Node {
    public static void main(String[] args) throws Exception {
        Path dir = Path.of(args[0]).toAbsolutePath();
        int i = Integer.parseInt(args[1]), nodes = Integer.parseInt(args[2]), base = Integer.parseInt(args[3]);
        List<String> names = IntStream.rangeClosed(1, nodes).mapToObj(k -> "n" + k).toList();
        List<String> seeds = IntStream.rangeClosed(1, nodes).mapToObj(k -> "127.0.0.1:" + (base + 100 + k)).toList();
        Path home = dir.resolve("n" + i);
        var configs = newConfigs().clusterName("kelisim-test").numOfNode(1).basePath(home.toString());
        boolean secure = args.length > 4;
        if (secure) {
            Path config = home.resolve("node_1/config"); // the runner's name for its first node
            copy(dir.resolve("certs"), config);
            copy(Path.of(args[4], "config"), config.resolve("opensearch-security"));
            configs.pluginTypes("org.opensearch.security.OpenSearchSecurityPlugin");
        }
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.setMaxHttpPort(-1); // the port is ours: do not search for a free one
        runner.onBuild((number, s) -> {
            s.put("node.name", "n" + i);
            s.put("network.host", "127.0.0.1");
            s.put("http.port", base + i);
            s.put("transport.port", base + 100 + i);
            s.put("discovery.type", "zen"); // or the runner makes a lone node a single-node cluster
            s.putList("discovery.seed_hosts", seeds);
            s.putList("cluster.initial_cluster_manager_nodes", names);
            s.put("path.repo", dir.resolve("snapshots").toString());
            s.put("cluster.routing.allocation.disk.threshold_enabled", false); // a test machine's disk may be full
            s.put("action.destructive_requires_name", true); // as README tells to run it
            s.put("action.auto_create_index", false);
            if (secure) secure(s);
        }).build(configs);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                runner.close();
            } catch (IOException e) {
                System.err.println(e);
            }
        }));
        System.out.println("up 127.0.0.1:" + (base + i));
        while (System.in.read() >= 0) {
            // Who started us holds the other end: a node never outlives its test, whatever that died of.
        }
        System.exit(0);
    }

    private static void secure(Settings.Builder s) {
        s.put("plugins.security.allow_default_init_securityindex", true); // users and roles from SECURITY/config
        s.putList("plugins.security.restapi.roles_enabled", "all_access"); // admin may add users and roles over HTTP
        s.putList("plugins.security.nodes_dn", "CN=node");
        s.put("plugins.security.ssl.http.enabled", true);
        s.put("plugins.security.ssl.transport.enforce_hostname_verification", false);
        for (String layer : List.of("http", "transport")) {
            s.put("plugins.security.ssl." + layer + ".pemcert_filepath", "node.pem");
            s.put("plugins.security.ssl." + layer + ".pemkey_filepath", "node-key.pem");
            s.put("plugins.security.ssl." + layer + ".pemtrustedcas_filepath", "ca.pem");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path f : files.toList()) {
                Files.copy(f, to.resolve(f.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}

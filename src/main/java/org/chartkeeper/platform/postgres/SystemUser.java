package org.chartkeeper.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * As whom PostgreSQL runs. It refuses to run as root, so for root it is started in a user namespace of its own, where
 * root has no name; where the system forbids that, as the owner of the data or an ordinary user of the system.
 *
 * @param prefix what stands before every command, empty for an ordinary user
 * @param uid to whom the server's files must belong, null for whoever we are
 */
record SystemUser(
        List<String> prefix,
        @Nullable Integer uid,
        @Nullable Integer gid) {

    private static final List<String> UNPRIVILEGED = List.of("postgres", "nobody");

    /**
     * Chooses.
     *
     * @param cluster the server's data, which may not exist yet
     */
    static SystemUser choose(Path cluster) throws IOException {
        if (!isRoot()) {
            return new SystemUser(List.of(), null, null);
        }
        if (Files.isDirectory(cluster)) {
            int owner = (Integer) Files.getAttribute(cluster, "unix:uid");
            if (owner != 0) {
                return switched(owner, (Integer) Files.getAttribute(cluster, "unix:gid"));
            }
        }
        if (works(List.of("unshare", "-U", "true"))) {
            return new SystemUser(List.of("unshare", "-U"), null, null);
        }
        if (!Files.isDirectory(cluster)) {
            for (String name : UNPRIVILEGED) {
                for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
                    String[] parts = line.split(":", -1);
                    if (parts.length > 3
                            && parts[0].equals(name)
                            && works(List.of("setpriv", "--reuid=" + parts[2], "--clear-groups", "true"))) {
                        return switched(Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
                    }
                }
            }
        }
        throw new ServerUnavailable("PostgreSQL does not run as root, and this system allows neither a user namespace"
                + " (unshare -U) nor a change of user (setpriv). Run Chartkeeper as an ordinary user, or point"
                + " spring.datasource.url at a PostgreSQL server of your own.");
    }

    /** Gives a file or folder to the server's user. */
    void own(Path path) throws IOException {
        if (uid != null && gid != null) {
            Files.setAttribute(path, "unix:uid", uid);
            Files.setAttribute(path, "unix:gid", gid);
        }
    }

    private static SystemUser switched(int uid, int gid) {
        return new SystemUser(List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"), uid, gid);
    }

    private static boolean isRoot() throws IOException {
        Path self = Path.of("/proc/self");
        if (Files.exists(self)) {
            return (Integer) Files.getAttribute(self, "unix:uid") == 0;
        }
        return "root".equals(System.getProperty("user.name"));
    }

    private static boolean works(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

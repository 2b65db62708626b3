package org.chartkeeper.platform.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server in a folder, shared by all processes of ours that use that folder. Each holds a shared lock on
 * {@code use.lock}; starting, adopting and stopping happens under an exclusive one on {@code start.lock}, and the last
 * one out stops the server. One that was left running by a killed process is adopted, one that dies is started again.
 *
 * <p>It listens on the loopback address only, asks for scram passwords from everybody, and is durable: whoever switched
 * {@code fsync}, {@code full_page_writes} or {@code synchronous_commit} off is refused.
 */
public final class EmbeddedServer implements AutoCloseable {

    /** Runs the migrations and owns every table. */
    public static final String OWNER = "chartkeeper_owner";

    /** What the application works as; owns nothing. */
    public static final String APPLICATION = "chartkeeper_app";

    /** The extensions that the schema uses. */
    public static final List<String> EXTENSIONS = List.of("pg_trgm", "unaccent", "fuzzystrmatch", "btree_gist");

    private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final String SUPERUSER = "postgres";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int LOWEST_PORT = 20_000;
    private static final int PORTS = 12_000;
    private static final String SETTINGS = """

            # Written by Chartkeeper when this cluster was made.
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            fsync = on
            full_page_writes = on
            synchronous_commit = on
            max_connections = 100
            shared_buffers = 256MB
            effective_cache_size = 1GB
            work_mem = 16MB
            maintenance_work_mem = 128MB
            max_wal_size = 2GB
            checkpoint_completion_target = 0.9
            random_page_cost = 1.1
            timezone = 'UTC'
            log_timezone = 'UTC'
            logging_collector = on
            log_directory = 'log'
            log_filename = 'postgresql-%a.log'
            log_truncate_on_rotation = on
            log_rotation_age = 1d
            # Statements and their parameters hold what patients told us: they never reach the log.
            log_error_verbosity = terse
            log_min_error_statement = panic
            log_parameter_max_length_on_error = 0
            log_statement = none
            """;
    private static final String ADMISSION = """
            # Written by Chartkeeper: loopback only, passwords for everybody.
            host all all 127.0.0.1/32 scram-sha-256
            """;
    private static final String WORKSHOP = "set-up-";
    private static final int LOG_TAIL = 4_000;
    private static final List<String> PASSING = List.of(
            "still in use",
            "Is another postmaster",
            "lock file \"postmaster.pid\"",
            "Address already in use",
            "could not create any TCP/IP sockets");
    private static final Map<Path, EmbeddedServer> IN_USE = new HashMap<>();

    private final Path dataDir;
    private final Path cluster;
    private int users;
    private Path programs;
    private SystemUser systemUser;
    private String superuserPassword = "";
    private String ownerPassword = "";
    private String applicationPassword = "";
    private @Nullable FileChannel useChannel;
    private @Nullable FileLock useLock;
    private volatile int port;
    private volatile long postmaster;
    private volatile boolean closing;

    private EmbeddedServer(Path dataDir) {
        this.dataDir = dataDir;
        this.cluster = dataDir.resolve("postgres");
        this.programs = dataDir;
        this.systemUser = new SystemUser(List.of(), null, null);
    }

    /**
     * Starts the server of this folder, adopts the one that runs there already, or joins the one that this process uses.
     *
     * @throws ServerUnavailable where it cannot start or is not durable; the message says what to do
     */
    public static EmbeddedServer use(Path dataDir) {
        synchronized (IN_USE) {
            try {
                Path folder = Files.createDirectories(dataDir.toAbsolutePath().normalize())
                        .toRealPath();
                EmbeddedServer server = IN_USE.get(folder);
                if (server == null) {
                    server = new EmbeddedServer(folder);
                    server.open();
                    IN_USE.put(folder, server);
                }
                server.users++;
                return server;
            } catch (IOException fault) {
                throw new ServerUnavailable(
                        "The data folder " + dataDir.toAbsolutePath() + " cannot be used: " + fault
                                + ". Choose another with --chartkeeper.data-dir=PATH, or make it writable.",
                        fault);
            }
        }
    }

    /** Where a database of this server is. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The loopback port; the same after every restart unless something else took it. */
    public int port() {
        return port;
    }

    /** Process id of the running server. */
    public long pid() {
        return postmaster;
    }

    public String ownerPassword() {
        return ownerPassword;
    }

    public String applicationPassword() {
        return applicationPassword;
    }

    /** A connection with every right, for setting up a database. */
    public Connection superuser(String database) throws SQLException {
        return connect(port, database);
    }

    /** Makes a database with the extensions that the schema needs; one that is there is left as it is. */
    public void ensureDatabase(String database) throws SQLException {
        try {
            alone(() -> makeDatabase(database));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private void makeDatabase(String database) throws SQLException {
        try (Connection connection = connect(port, "postgres");
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery("select 1 from pg_database where datname = '" + database + "'")) {
                if (!found.next()) {
                    found.close();
                    statement.execute("create database " + database + " owner " + OWNER);
                }
            }
        }
        try (Connection connection = connect(port, database);
                Statement statement = connection.createStatement()) {
            for (String extension : EXTENSIONS) {
                statement.execute("set client_min_messages = warning");
                statement.execute("create extension if not exists " + extension);
            }
        }
    }

    /** Lets go of the server; the last user of the last process stops it. */
    @Override
    public void close() {
        synchronized (IN_USE) {
            if (--users > 0) {
                return;
            }
            IN_USE.remove(dataDir);
            leave();
        }
    }

    private void open() throws IOException {
        try {
            alone(this::startAndJoin);
        } catch (SQLException fault) {
            throw new ServerUnavailable("The embedded PostgreSQL answers with an error: " + fault, fault);
        }
        Thread watch = new Thread(this::supervise, "postgres-supervisor");
        watch.setDaemon(true);
        watch.start();
    }

    private void startAndJoin() throws IOException, SQLException {
        tidy();
        programs = Binaries.unpack(dataDir);
        systemUser = SystemUser.choose(cluster);
        if (systemUser.uid() != null) {
            Files.setPosixFilePermissions(dataDir, PosixFilePermissions.fromString("rwx--x--x"));
        }
        superuserPassword = password("postgres.pgpass", SUPERUSER).orElseGet(EmbeddedServer::randomPassword);
        ownerPassword = password("roles.pgpass", OWNER).orElseGet(EmbeddedServer::randomPassword);
        applicationPassword = password("roles.pgpass", APPLICATION).orElseGet(EmbeddedServer::randomPassword);
        port = storedPort().orElseGet(EmbeddedServer::freePort);
        writePasswords();
        if (!Files.isDirectory(cluster)) {
            setUp();
        }
        ensureRunning();
        FileChannel channel = lockFile("use.lock");
        useChannel = channel;
        useLock = channel.lock(0, Long.MAX_VALUE, true);
        boolean usable = false;
        try {
            checkDurable();
            ensureRoles();
            usable = true;
        } finally {
            if (!usable) {
                stopIfLast(channel);
            }
        }
    }

    private void leave() {
        closing = true;
        try {
            alone(() -> {
                if (useChannel != null) {
                    stopIfLast(useChannel);
                }
            });
        } catch (IOException | SQLException fault) {
            log.warn("The embedded PostgreSQL could not be stopped; the next start adopts it", fault);
        }
    }

    /** Does the work while no other thread or process of ours starts, adopts or stops the server. */
    private synchronized void alone(Work work) throws IOException, SQLException {
        try (FileChannel channel = lockFile("start.lock");
                FileLock lock = channel.lock()) {
            log.trace("{} held", lock);
            work.run();
        }
    }

    @FunctionalInterface
    private interface Work {

        void run() throws IOException, SQLException;
    }

    /** Gives the shared lock back and stops the server where nobody else holds one. */
    private void stopIfLast(FileChannel channel) throws IOException {
        if (useLock != null) {
            useLock.release();
        }
        try (channel) {
            try (FileLock alone = channel.tryLock(0, Long.MAX_VALUE, false)) {
                if (alone != null) {
                    run(60, "pg_ctl", "stop", "-D", cluster.toString(), "-m", "fast", "-w", "-t", "50");
                    log.info("Embedded PostgreSQL stopped");
                }
            }
        }
    }

    /** Initialises the cluster beside its place and moves it there, so that a kill in between leaves nothing broken. */
    private void setUp() throws IOException {
        log.info("Setting up PostgreSQL in {}", cluster);
        // A folder of its own for each attempt: the initdb of a killed process may still be writing into the former.
        Path workshop = Files.createTempDirectory(dataDir, WORKSHOP);
        systemUser.own(workshop);
        Path unfinished = workshop.resolve("postgres");
        Path passwordFile = workshop.resolve("password");
        Folders.writePrivate(passwordFile, superuserPassword);
        systemUser.own(passwordFile);
        Outcome outcome = run(
                120,
                "initdb",
                "-D",
                unfinished.toString(),
                "-U",
                SUPERUSER,
                "--pwfile=" + passwordFile,
                "-A",
                "scram-sha-256",
                "-E",
                "UTF8",
                "--locale-provider=builtin",
                "--locale=C",
                "--builtin-locale=C.UTF-8",
                "--data-checksums");
        if (outcome.status() != 0) {
            throw new ServerUnavailable("PostgreSQL could not be set up in " + dataDir + ". " + hint(outcome.text())
                    + "\n" + outcome.text());
        }
        Files.writeString(
                unfinished.resolve("postgresql.conf"), SETTINGS, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        Files.writeString(unfinished.resolve("pg_hba.conf"), ADMISSION, StandardCharsets.UTF_8);
        sync(unfinished.resolve("postgresql.conf"));
        sync(unfinished.resolve("pg_hba.conf"));
        Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(dataDir);
        tidy();
    }

    /** Removes what killed processes left half-done; what one of them still writes stays until the next time. */
    private void tidy() {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(dataDir, WORKSHOP + "*")) {
            for (Path folder : left) {
                Folders.delete(folder);
            }
        } catch (IOException busy) {
            log.debug("Something is left of an earlier set-up", busy);
        }
    }

    /** Adopts what runs on this cluster or starts it. */
    private void ensureRunning() throws IOException {
        long begun = System.nanoTime();
        boolean told = false;
        while (System.nanoTime() - begun < START_LIMIT.toNanos()) {
            Optional<PidFile> running = PidFile.read(cluster);
            if (running.isPresent() && running.get().isServer(cluster)) {
                PidFile file = running.get();
                if (file.port() > 0 && answers(file.port())) {
                    boolean adopted = file.pid() != postmaster;
                    postmaster = file.pid();
                    usePort(file.port());
                    if (adopted) {
                        log.info("Embedded PostgreSQL found running, process {}, port {}", postmaster, port);
                    }
                    return;
                }
                if (!told) {
                    log.info("PostgreSQL, process {}, is starting or stopping; waiting for it", file.pid());
                    told = true;
                }
                pause(200);
            } else {
                if (running.isPresent()) {
                    // Another program has the number that the dead server had; PostgreSQL would refuse to start.
                    Files.deleteIfExists(cluster.resolve("postmaster.pid"));
                }
                if (start()) {
                    return;
                }
                pause(200);
            }
        }
        throw new ServerUnavailable("A PostgreSQL process runs on " + cluster + " but does not answer. Look into "
                + cluster.resolve("log") + ", stop it, and start Chartkeeper again.");
    }

    /**
     * Starts the server.
     *
     * @return false where something passing stands in the way: processes of a dead server that are not gone yet, one
     *     that a killed process of ours is just starting, or a port that was taken in between
     */
    private boolean start() throws IOException {
        if (!isFree(port)) {
            usePort(freePort());
        }
        Path startLog = cluster.resolve("start.log");
        Files.deleteIfExists(startLog);
        Instant begun = Instant.now();
        Outcome outcome = run(
                (int) START_LIMIT.toSeconds(),
                "pg_ctl",
                "start",
                "-D",
                cluster.toString(),
                "-l",
                startLog.toString(),
                "-o",
                "-p " + port,
                "-w",
                "-t",
                Long.toString(START_LIMIT.toSeconds() - 5));
        if (outcome.status() == 0) {
            postmaster = PidFile.read(cluster).map(PidFile::pid).orElse(0L);
            log.info("Embedded PostgreSQL started, process {}, port {}", postmaster, port);
            return true;
        }
        String text = outcome.text() + logSince(startLog, begun);
        if (PASSING.stream().anyMatch(text::contains)) {
            log.debug("PostgreSQL does not start yet: {}", text);
            return false;
        }
        throw new ServerUnavailable("The embedded PostgreSQL does not start. " + hint(text) + "\n" + text);
    }

    /** What the server said in its first words and in its own log. */
    private String logSince(Path startLog, Instant begun) throws IOException {
        StringBuilder text = new StringBuilder();
        if (Files.exists(startLog)) {
            text.append(Files.readString(startLog));
        }
        Path folder = cluster.resolve("log");
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "*.log")) {
                for (Path file : logs) {
                    if (!Files.getLastModifiedTime(file).toInstant().isBefore(begun)) {
                        String all = Files.readString(file, StandardCharsets.ISO_8859_1);
                        text.append(all.substring(Math.max(0, all.length() - LOG_TAIL)));
                    }
                }
            }
        }
        return text.toString();
    }

    private void supervise() {
        while (!closing) {
            try {
                Thread.sleep(500);
                if (!closing && !new PidFile(postmaster, port).isServer(cluster)) {
                    log.warn("The embedded PostgreSQL, process {}, died; starting it again", postmaster);
                    restart();
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (IOException | SQLException | RuntimeException fault) {
                log.error("The embedded PostgreSQL could not be started again; trying on", fault);
            }
        }
    }

    private void restart() throws IOException, SQLException {
        alone(() -> {
            if (!closing) {
                int before = port;
                ensureRunning();
                if (port != before) {
                    log.error(
                            "PostgreSQL moved from port {} to {}, for something else holds the first; restart Chartkeeper",
                            before,
                            port);
                }
            }
        });
    }

    /** Refuses a server that may forget what it confirmed. */
    private void checkDurable() throws SQLException {
        try (Connection connection = connect(port, "postgres");
                Statement statement = connection.createStatement()) {
            for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit", "data_checksums")) {
                try (ResultSet row = statement.executeQuery("show " + setting)) {
                    row.next();
                    if (row.getString(1).equals("off")) {
                        throw new ServerUnavailable("PostgreSQL in " + cluster + " runs with " + setting
                                + "=off and may lose or damage what it confirmed. Remove that setting from"
                                + " postgresql.conf or postgresql.auto.conf there and start again.");
                    }
                }
            }
        }
    }

    private void ensureRoles() throws SQLException {
        try (Connection connection = connect(port, "postgres");
                Statement statement = connection.createStatement()) {
            for (String role : List.of(OWNER, APPLICATION)) {
                boolean known;
                try (ResultSet found =
                        statement.executeQuery("select 1 from pg_roles where rolname = '" + role + "'")) {
                    known = found.next();
                }
                String password = role.equals(OWNER) ? ownerPassword : applicationPassword;
                if (!known) {
                    statement.execute("create role " + role + " login nosuperuser nocreatedb nocreaterole nobypassrls"
                            + " password '" + password + "'");
                } else if (!signsIn(role, password)) {
                    statement.execute("alter role " + role + " password '" + password + "'");
                }
            }
        }
    }

    private boolean signsIn(String role, String password) {
        try (Connection connection = DriverManager.getConnection(url("postgres"), role, password)) {
            return connection.isValid(5);
        } catch (SQLException refused) {
            return false;
        }
    }

    private boolean answers(int candidate) {
        try (Connection connection = connect(candidate, "postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show data_directory")) {
            row.next();
            return Path.of(row.getString(1)).toRealPath().equals(cluster.toRealPath());
        } catch (SQLException | IOException notYet) {
            return false;
        }
    }

    private Connection connect(int candidate, String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", superuserPassword);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + candidate + "/" + database, properties);
    }

    private void usePort(int chosen) throws IOException {
        if (chosen != port) {
            port = chosen;
            writePasswords();
        }
    }

    private void writePasswords() throws IOException {
        writeIfChanged(dataDir.resolve("postgres.pgpass"), passLine(SUPERUSER, superuserPassword));
        writeIfChanged(
                dataDir.resolve("roles.pgpass"),
                passLine(OWNER, ownerPassword) + passLine(APPLICATION, applicationPassword));
    }

    private String passLine(String role, String password) {
        return "127.0.0.1:" + port + ":*:" + role + ":" + password + "\n";
    }

    private static void writeIfChanged(Path file, String content) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(content)) {
            Folders.writePrivate(file, content);
        }
    }

    private Optional<String> password(String file, String role) throws IOException {
        return lines(file).stream()
                .map(line -> line.split(":", 5))
                .filter(parts -> parts.length == 5 && parts[3].equals(role))
                .map(parts -> parts[4])
                .findFirst();
    }

    private Optional<Integer> storedPort() throws IOException {
        return lines("postgres.pgpass").stream()
                .map(line -> line.split(":", 5))
                .filter(parts -> parts.length == 5 && parts[1].matches("\\d{1,5}"))
                .map(parts -> Integer.valueOf(parts[1]))
                .findFirst();
    }

    private List<String> lines(String file) throws IOException {
        Path path = dataDir.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    private FileChannel lockFile(String name) throws IOException {
        return FileChannel.open(
                dataDir.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private Outcome run(int seconds, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(systemUser.prefix());
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        Path workshop = Files.createTempDirectory(dataDir, WORKSHOP);
        Path output = workshop.resolve(program);
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(dataDir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Outcome(-1, program + " took longer than " + seconds + " s");
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Outcome(-1, program + " was interrupted");
        } finally {
            Folders.delete(workshop);
        }
    }

    private static String hint(String text) {
        if (text.contains("No space left")) {
            return "The disk is full.";
        }
        if (text.contains("Permission denied") || text.contains("wrong ownership")) {
            return "The data folder belongs to another user: run as that user, or choose another folder with"
                    + " --chartkeeper.data-dir=PATH. Where Chartkeeper runs as root, every folder above it must let"
                    + " others pass.";
        }
        if (text.contains("incompatible with server")) {
            return "The data were written by another major version of PostgreSQL; see docs/operations.md.";
        }
        if (text.contains("shared memory") || text.contains("shmget") || text.contains("semget")) {
            return "The system grants too little shared memory; see docs/operations.md.";
        }
        if (text.contains("error while loading shared libraries") || text.contains("not found")) {
            return "The shipped PostgreSQL needs the GNU C library. Point spring.datasource.url at a server of your"
                    + " own.";
        }
        return "What it said stands below; spring.datasource.url, .username and .password choose a server of your own.";
    }

    private static boolean isFree(int candidate) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), candidate));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** A free port below those that the system hands out for outgoing connections, so that it stays ours. */
    private static int freePort() {
        SecureRandom random = new SecureRandom();
        for (int attempt = 0; attempt < 200; attempt++) {
            int candidate = LOWEST_PORT + random.nextInt(PORTS);
            if (isFree(candidate)) {
                return candidate;
            }
        }
        throw new ServerUnavailable("No free port was found on the loopback address for the embedded PostgreSQL.");
    }

    private static String randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ServerUnavailable("The start of PostgreSQL was interrupted.");
        }
    }

    private record Outcome(int status, String text) {}

    /** What {@code postmaster.pid} says. */
    private record PidFile(long pid, int port) {

        static Optional<PidFile> read(Path cluster) throws IOException {
            try {
                List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
                if (lines.isEmpty() || !lines.get(0).strip().matches("\\d+")) {
                    return Optional.empty();
                }
                int port = lines.size() > 3 && lines.get(3).strip().matches("\\d+")
                        ? Integer.parseInt(lines.get(3).strip())
                        : 0;
                return Optional.of(new PidFile(Long.parseLong(lines.get(0).strip()), port));
            } catch (NoSuchFileException none) {
                return Optional.empty();
            }
        }

        /** Whether the process is alive and a server of this cluster, not one that was given a dead one's number. */
        boolean isServer(Path cluster) {
            if (!isAlive(pid)) {
                return false;
            }
            Path commandLine = Path.of("/proc", Long.toString(pid), "cmdline");
            try {
                return !Files.exists(commandLine)
                        || Files.readString(commandLine, StandardCharsets.ISO_8859_1)
                                .contains(cluster.toString());
            } catch (IOException | UncheckedIOException unreadable) {
                return true;
            }
        }
    }
}

package org.chartkeeper.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.ChartkeeperApplication;
import org.jspecify.annotations.Nullable;

/** A second process of this Java on the class path of the tests, for killing it. */
public final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private ChildProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts {@code main} of a class. */
    public static ChildProcess start(Class<?> main, String... arguments) throws IOException {
        return start(System.getProperty("java.class.path"), main, ProcessBuilder.Redirect.DISCARD, arguments);
    }

    /** Starts the application as it is shipped: without the classes and settings of the tests. */
    public static ChildProcess application(String... arguments) throws IOException {
        return start(shipped(), ChartkeeperApplication.class, ProcessBuilder.Redirect.DISCARD, arguments);
    }

    /** Starts a verb of the application as it is shipped; its log and its progress are among the lines. */
    public static ChildProcess verb(String... arguments) throws IOException {
        return start(shipped(), ChartkeeperApplication.class, null, arguments);
    }

    private static String shipped() {
        return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("test-classes" + File.separator))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** @param errors where standard error goes; null for among the lines */
    private static ChildProcess start(
            String classPath, Class<?> main, ProcessBuilder.@Nullable Redirect errors, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        if (errors == null) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(errors);
        }
        return new ChildProcess(builder.start());
    }

    /** The lines that it has written to standard output so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits until such a line comes; an {@link AssertionError} where none does in time or the process ends before. */
    public void await(Predicate<String> line, int seconds) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (lines.stream().noneMatch(line)) {
            if (System.nanoTime() > limit || (!process.isAlive() && !reader.isAlive())) {
                throw new AssertionError("the child did not get there: " + lines);
            }
            Thread.sleep(10);
        }
    }

    /** {@code kill -9}; what it had written by then stands in {@link #lines()} afterwards. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        reader.join();
    }

    /** Asks it to end and waits. */
    public void terminate() throws InterruptedException {
        process.destroy();
        exitStatus();
    }

    /** Waits for its end, at most three minutes. */
    public int exitStatus() throws InterruptedException {
        return exitStatus(180);
    }

    /** Waits for its end. */
    public int exitStatus(int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("the child does not end");
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException killed) {
            // The stream of a killed process breaks off.
        }
    }
}
